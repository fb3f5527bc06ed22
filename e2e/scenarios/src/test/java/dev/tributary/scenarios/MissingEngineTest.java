package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.api.v1alpha1.PipelineClass;
import dev.tributary.box.Contents;
import dev.tributary.box.layout.Checkout;
import dev.tributary.box.standin.ForeignDefinitions;
import io.fabric8.kubernetes.api.model.Condition;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The operator comes up without an engine's CRDs, says so, and goes on when they have come. On a small box of its own. */
@Tag("long")
class MissingEngineTest {

    private static final String FLINK = "flinkdeployments.flink.apache.org";

    private static TestBox box;

    @BeforeAll
    static void start() {
        box = TestBox.start(
                Checkout.current(), Path.of("target", "missing-engine-box"), Contents.OPERATOR_WITHOUT_STREAMING);
    }

    @AfterAll
    static void stop() throws Exception {
        box.close();
    }

    @Test
    void theOperatorStartsWithoutFlinkAndSaysSo() {
        Client client = Client.create(box, "flinkless");
        client.database().run("CREATE TABLE items (id int PRIMARY KEY)");
        box.kubernetes()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(FLINK)
                .delete();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> box.kubernetes()
                                .apiextensions()
                                .v1()
                                .customResourceDefinitions()
                                .withName(FLINK)
                                .get()
                        == null);

        box.kill("operator");
        box.awaitHealthy("operator");

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(ready())
                .satisfies(c -> assertThat(c.getReason()).isEqualTo("EngineNotInstalled"))
                .satisfies(c -> assertThat(c.getMessage())
                        .contains("FlinkDeployment (flink.apache.org/v1beta1)", "Flink Kubernetes Operator")));
        client.apply("items");
        assertThat(client.awaitCondition("ReferencesResolved", "False", "EngineNotInstalled"))
                .contains("Flink Kubernetes Operator");
        client.deleteAndAwait();
        client.apply("items");
        client.awaitCondition("ReferencesResolved", "False", "EngineNotInstalled");
        Instant come = Instant.now();
        ForeignDefinitions.install(box.kubernetes());
        client.awaitCondition("ReferencesResolved", "False", "KafkaUnreachable");
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(ready().getReason()).isEqualTo("KafkaUnreachable"));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(watchedSince(come)).contains("flinkdeployments"));
        client.deleteAndAwait();
    }

    private static Condition ready() {
        PipelineClass standard = box.kubernetes()
                .resources(PipelineClass.class)
                .withName("standard")
                .get();
        return standard.getStatus().conditions().stream()
                .filter(c -> c.getType().equals("Ready"))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> watchedSince(Instant time) {
        return box.operatorRequests().stream()
                .filter(r -> r.received().isAfter(time))
                .filter(r -> r.verb().equals("watch") && r.code() < 300)
                .map(ApiRequest::resource)
                .toList();
    }
}
