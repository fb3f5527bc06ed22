package dev.tributary.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.api.v1alpha1.TenantPipeline;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoctorPipelinesTest {

    @Test
    void pipelinesThatAreWellShareALine() {
        List<String> lines = shown(List.of(pipeline("a", "Ready", "Running"), pipeline("b", "Ready", "Paused")));

        assertThat(lines).containsExactly("ok         Pipelines: 2 of 2 are as they should be, says the operator");
    }

    @Test
    void theWorstTenHaveALineOfTheirOwn() {
        List<TenantPipeline> fleet = new ArrayList<>(Collections.nCopies(12, pipeline("s", "Stalled", "Unreachable")));
        fleet.add(pipeline("lost", "DataLoss", "SlotMissing"));

        List<String> lines = shown(fleet);

        assertThat(lines.getFirst()).isEqualTo("WRONG      TenantPipeline acme/lost: SlotMissing, says the operator");
        assertThat(lines)
                .filteredOn(l -> l.startsWith("WRONG      TenantPipeline"))
                .hasSize(10);
        assertThat(lines)
                .endsWith(
                        "WRONG      Pipelines: 3 more are not as they should be",
                        "           -> kubectl tributary status -A");
    }

    private static List<String> shown(List<TenantPipeline> pipelines) {
        List<String> shown = new Report(Doctor.told(pipelines)).shown();
        return shown.subList(0, shown.size() - 2);
    }

    /** One of which this condition is True; Ready is, or else says why not. */
    private static TenantPipeline pipeline(String name, String condition, String reason) {
        String ready = condition.equals("Ready") ? "True" : "False";
        return Serialization.unmarshal("""
                metadata: {namespace: acme, name: %s}
                status:
                  conditions:
                    - {type: Ready, status: "%s", reason: %s, message: as it says}
                    - {type: %s, status: "True", reason: %s, message: as it says}
                """.formatted(name, ready, reason, condition, reason), TenantPipeline.class);
    }
}
