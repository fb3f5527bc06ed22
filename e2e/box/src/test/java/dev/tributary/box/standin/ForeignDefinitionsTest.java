package dev.tributary.box.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ForeignDefinitionsTest {

    @Test
    void areTheOnesThatArePlayed() {
        var definitions = ForeignDefinitions.all();

        assertThat(definitions)
                .extracting(definition -> definition.getMetadata().getName())
                .containsExactlyInAnyOrder(
                        "kafkas.kafka.strimzi.io",
                        "kafkanodepools.kafka.strimzi.io",
                        "kafkaconnects.kafka.strimzi.io",
                        "kafkatopics.kafka.strimzi.io",
                        "kafkaconnectors.kafka.strimzi.io",
                        "flinkdeployments.flink.apache.org");
    }

    @Test
    void flinkDeploymentsMayAskForTodaysFlink() {
        var versions = ForeignDefinitions.all().stream()
                .filter(d -> d.getMetadata().getName().startsWith("flinkdeployments"))
                .flatMap(d -> d.getSpec().getVersions().stream())
                .map(v -> v.getSchema().getOpenAPIV3Schema().getProperties().get("spec"))
                .map(spec -> Set.copyOf(spec.getProperties().get("flinkVersion").getEnum()))
                .toList();

        assertThat(versions).isNotEmpty().allSatisfy(known -> assertThat(known)
                .containsAll(List.of(Json.tree("v1_20"), Json.tree("v2_2"))));
    }
}
