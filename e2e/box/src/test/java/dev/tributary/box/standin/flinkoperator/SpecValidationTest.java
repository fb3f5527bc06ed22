package dev.tributary.box.standin.flinkoperator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.box.flink.FlinkRuntime;
import dev.tributary.box.standin.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecValidationTest {

    private static final Path SOMEWHERE = Path.of("somewhere");

    private final SpecValidation validation = new SpecValidation(new FlinkSettings(
            "127.0.0.1",
            1,
            2,
            SOMEWHERE,
            new FlinkRuntime(List.of(), SOMEWHERE, SOMEWHERE),
            Map.of("job:dev", SOMEWHERE),
            false));

    @Test
    void takesWhatTributaryWrites() {
        assertThat(refusal("acme-shop", spec())).isEmpty();
    }

    @Test
    void aNameThatTheRealOperatorRefuses() {
        assertThat(refusal("a".repeat(46), spec())).hasValueSatisfying(refusal -> assertThat(refusal.message())
                .startsWith("The FlinkDeployment name: aaa")
                .endsWith("the length must be no more than 45 characters."));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/flinkConfiguration/high-availability.type | NONE | Job could not be upgraded with last-state while HA disabled",
                "/flinkConfiguration/execution.checkpointing.dir | '' | Checkpoint directory[execution.checkpointing.dir] must be"
                        + " defined for last-state and savepoint upgrade modes",
                "/flinkConfiguration/kubernetes.cluster-id | x | Forbidden Flink config key: kubernetes.cluster-id",
                "/jobManager/resource/memory | '' | JobManager resource memory must be defined using"
                        + " `spec.jobManager.resource.memory` or `spec.jobManager.resources.requests.memory`",
                "/taskManager/resource/memory | lots | TaskManager resource memory parse error: lots",
            })
    void refusesInTheRealOperatorsWords(String pointer, String value, String message) {
        assertThat(refusal("acme", with(pointer, value))).contains(Refusal.invalid(message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/ingress/template | x | spec.ingress.template is not supported",
                "/job/savepointTriggerNonce | 1 | spec.job.savepointTriggerNonce is not supported",
                "/flinkConfiguration/rest.port | 1 | spec.flinkConfiguration.rest.port is not supported",
                "/flinkVersion | v1_20 | spec.flinkVersion: here is Flink 2.2.1 only",
                "/taskManager/resource/memory | 256m | spec.taskManager.resource.memory must be at least 640m",
            })
    void namesWhatOnlyTheStandInRefuses(String pointer, String value, String message) {
        assertThat(refusal("acme", with(pointer, value))).contains(Refusal.unsupported(message));
    }

    private Optional<Refusal> refusal(String name, ObjectNode spec) {
        return validation.refusal(name, new FlinkDeploymentSpec(spec), Optional.empty());
    }

    private static ObjectNode with(String pointer, String value) {
        ObjectNode spec = spec();
        int last = pointer.lastIndexOf('/');
        ObjectNode parent = last == 0 ? spec : spec.withObject(pointer.substring(0, last));
        parent.put(pointer.substring(last + 1), value);
        return spec;
    }

    private static ObjectNode spec() {
        return (ObjectNode) Json.parse("""
                {"image": "job:dev", "flinkVersion": "v2_2", "serviceAccount": "flink",
                 "flinkConfiguration": {
                   "execution.checkpointing.dir": "file:///checkpoints",
                   "execution.checkpointing.externalized-checkpoint-retention": "RETAIN_ON_CANCELLATION",
                   "high-availability.type": "kubernetes",
                   "high-availability.storageDir": "file:///ha"},
                 "podTemplate": {"spec": {
                   "containers": [{"name": "flink-main-container",
                     "env": [{"name": "A", "valueFrom": {"secretKeyRef": {"name": "s", "key": "k"}}}],
                     "volumeMounts": [{"name": "v", "mountPath": "/v"}]}],
                   "volumes": [{"name": "v", "configMap": {"name": "c"}}]}},
                 "jobManager": {"resource": {"cpu": 0.5, "memory": "768m"}, "replicas": 1},
                 "taskManager": {"resource": {"cpu": 1, "memory": "1Gi"}},
                 "job": {"jarURI": "local:///opt/job.jar", "entryClass": "Main", "args": ["/v/spec.json"],
                   "parallelism": 2, "upgradeMode": "last-state", "state": "running"}}
                """);
    }
}
