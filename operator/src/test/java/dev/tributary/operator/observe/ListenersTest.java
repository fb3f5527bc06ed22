package dev.tributary.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.api.v1alpha1.PipelineClass;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.Resolution;
import dev.tributary.operator.condition.Resolution.Resolved;
import dev.tributary.operator.condition.Resolution.Unresolved;
import dev.tributary.operator.kafka.Kafka;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

class ListenersTest {

    private static final PipelineClass CLASS = Serialization.unmarshal("""
            metadata: {name: standard}
            spec:
              kafka: {namespace: kafka, cluster: events, listener: plain}
            """, PipelineClass.class);
    private static final Kafka UP = kafka("listeners: [{name: plain, bootstrapServers: 'events:9092'}]");
    private static final Kafka OTHER = kafka("listeners: [{name: tls, bootstrapServers: 'events:9093'}]");
    private static final Kafka DOWN = kafka("conditions: [{type: NotReady, status: 'True'}]");

    private final Listeners listeners = new Listeners();

    @Test
    void aKafkaThatIsDownForAMomentKeepsItsName() {
        listeners.bootstrapServers(UP, CLASS);

        assertThat(listeners.bootstrapServers(DOWN, CLASS)).isEqualTo(new Resolved<>("events:9092"));
    }

    @Test
    void aKafkaThatWasNeverUpIsWaitedFor() {
        assertThat(reason(listeners.bootstrapServers(DOWN, CLASS))).isEqualTo(Reason.KafkaUnreachable);
    }

    @Test
    void aKafkaWithoutTheListenerIsAMistakeOfTheClass() {
        listeners.bootstrapServers(UP, CLASS);

        assertThat(reason(listeners.bootstrapServers(OTHER, CLASS))).isEqualTo(Reason.KafkaNotFound);
    }

    @Test
    void aKafkaThatIsGoneIsAMistakeOfTheClass() {
        listeners.bootstrapServers(UP, CLASS);

        assertThat(reason(listeners.bootstrapServers(null, CLASS))).isEqualTo(Reason.KafkaNotFound);
    }

    private static Reason reason(Resolution<String> resolution) {
        assertThat(resolution).isInstanceOf(Unresolved.class);
        return ((Unresolved<String>) resolution).why().reason();
    }

    private static Kafka kafka(String status) {
        return Serialization.unmarshal("metadata: {name: events}\nstatus: {" + status + "}", Kafka.class);
    }
}
