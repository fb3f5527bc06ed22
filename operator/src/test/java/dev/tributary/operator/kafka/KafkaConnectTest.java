package dev.tributary.operator.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

class KafkaConnectTest {

    @Test
    void pluginsAreReadAsStrimziListsThem() {
        KafkaConnect connect = connect("""
                status:
                  connectorPlugins:
                    - {class: io.debezium.connector.postgresql.PostgresConnector, type: source, version: 3.6.3.Final}
                    - {class: org.example.NoVersion, type: sink}
                """);

        assertThat(connect.plugins()).hasValueSatisfying(plugins -> assertThat(plugins)
                .containsEntry("io.debezium.connector.postgresql.PostgresConnector", "3.6.3.Final")
                .containsEntry("org.example.NoVersion", ""));
    }

    @Test
    void aConnectThatDoesNotAnswerHasNoList() {
        KafkaConnect connect = connect("""
                status:
                  conditions:
                    - {type: NotReady, status: "True"}
                """);

        assertThat(connect.plugins()).isEmpty();
    }

    private static KafkaConnect connect(String status) {
        return Serialization.unmarshal("metadata: {name: connect}\n" + status, KafkaConnect.class);
    }
}
