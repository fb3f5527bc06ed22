package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.api.v1alpha1.TenantPipelineSpec.OnBadRecord;
import dev.tributary.api.v1alpha1.TenantPipelineSpec.OnTruncate;
import dev.tributary.api.v1alpha1.TenantPipelineSpec.Processing;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the job cannot carry stops it, with table and position; nothing is skipped. */
@ExtendWith(BoxExtension.class)
class StoppingTest {

    private final TestBox box;

    StoppingTest(TestBox box) {
        this.box = box;
    }

    @Test
    @Tag("long")
    void truncateStopsTheJobIfThatIsWanted() {
        Client client = onboarded();
        client.apply(
                spec -> SpecChange.processing(spec, new Processing(null, OnTruncate.Stop, OnBadRecord.Stop, null)),
                "notes");
        client.awaitReady();

        client.database().run("TRUNCATE notes");

        String message = client.awaitCondition("ProcessingReady", "False", "JobFailed");
        assertThat(message).contains("SourceTruncated", "public.notes");
        assertThat(box.clickHouse().ask("SELECT count() FROM " + client.sink("notes") + " FINAL"))
                .isEqualTo("1");
        client.deleteAndAwait();
    }

    @Test
    void anUnknownColumnStopsTheJob() {
        Client client = onboarded();

        client.database().run("ALTER TABLE notes ADD mood text", "INSERT INTO notes VALUES (2, 'b', 0, 'glad')");

        String message = client.awaitCondition("ProcessingReady", "False", "JobFailed");
        assertThat(message).contains("UnknownColumn", "public.notes", "mood");
        // The next look at the source finds the same; capture goes on meanwhile, and Kafka keeps what it captures.
        assertThat(client.awaitCondition("SchemaReady", "False", "TableDiffers"))
                .contains("mood");
        client.awaitCondition("CaptureReady", "True", "Streaming");
        client.deleteAndAwait();
    }

    @Test
    @Tag("long")
    void aValueThatPostgresDidNotSendAndClickHouseDoesNotHaveStopsTheJob() {
        Client client = onboarded();
        // Stored out of line and not changed: PostgreSQL leaves it out of the change.
        client.database()
                .run(
                        "ALTER TABLE notes ALTER body SET STORAGE EXTERNAL",
                        "INSERT INTO notes VALUES (3, repeat('x', 20000), 0)");
        client.awaitEqual("notes", "id");
        box.clickHouse()
                .ask("ALTER TABLE " + client.sink("notes") + " DELETE WHERE id = 3 SETTINGS mutations_sync = 1");

        client.database().run("UPDATE notes SET n = 1 WHERE id = 3");

        String message = client.awaitCondition("ProcessingReady", "False", "JobFailed");
        assertThat(message).contains("UnavailableValue", "public.notes", "body");
        client.deleteAndAwait();
    }

    private Client onboarded() {
        Client client = Client.create(box, "stops");
        client.database()
                .run(
                        "CREATE TABLE notes (id int PRIMARY KEY, body text, n int)",
                        "INSERT INTO notes VALUES (1, 'a', 0)");
        client.apply("notes");
        client.awaitReady();
        client.awaitEqual("notes", "id");
        return client;
    }
}
