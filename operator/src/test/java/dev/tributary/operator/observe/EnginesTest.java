package dev.tributary.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.tributary.api.v1alpha1.PipelineClass;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.Resolution.Resolved;
import dev.tributary.operator.condition.Resolution.Unresolved;
import dev.tributary.operator.kafka.KafkaConnector;
import dev.tributary.operator.observe.EngineResolver.Engines;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnginesTest {

    private static final PipelineClass CLASS = Serialization.unmarshal("""
            metadata: {name: standard}
            spec:
              connect: {namespace: kafka, cluster: connect}
            """, PipelineClass.class);

    private final KafkaConnector plain = connector("plain");

    @Test
    void aConnectorKeepsItsClassWhileConnectDoesNotAnswer() {
        Engines engines = new Engines(CLASS, "kafka:9092", Optional.empty(), Map.of());

        assertThat(engines.connectorClassFor(Optional.of(plain))).isEqualTo(new Resolved<>("plain"));
    }

    @Test
    void aConnectorGetsTheClassThatConnectHas() {
        Engines engines = new Engines(CLASS, "kafka:9092", Optional.of("guarded"), Map.of());

        assertThat(engines.connectorClassFor(Optional.of(plain))).isEqualTo(new Resolved<>("guarded"));
    }

    @Test
    void thereIsNoFirstConnectorUntilConnectAnswers() {
        Engines engines = new Engines(CLASS, "kafka:9092", Optional.empty(), Map.of());

        assertThat(engines.connectorClassFor(Optional.empty()))
                .asInstanceOf(type(Unresolved.class))
                .satisfies(u -> {
                    assertThat(u.why().reason()).isEqualTo(Reason.ConnectNotReady);
                    assertThat(u.why().message()).contains("KafkaConnect kafka/connect");
                });
    }

    private static KafkaConnector connector(String className) {
        KafkaConnector connector = new KafkaConnector();
        connector.setSpec(new KafkaConnector.Spec(className, 1, null, Map.of(), "running"));
        return connector;
    }
}
