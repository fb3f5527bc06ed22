package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.api.v1alpha1.SourceTable;
import dev.tributary.api.v1alpha1.SourceTable.OutOfRange;
import dev.tributary.api.v1alpha1.SourceTable.SourceColumn;
import dev.tributary.api.v1alpha1.TenantPipelineSpec;
import dev.tributary.api.v1alpha1.TenantPipelineSpec.OnBadRecord;
import dev.tributary.api.v1alpha1.TenantPipelineSpec.Processing;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A record that cannot be carried is put aside and told of, the others go on, and it is carried once it can be. */
@ExtendWith(BoxExtension.class)
class QuarantineTest {

    private static final String BODY = "repeat('x', 20000)";

    private final TestBox box;

    QuarantineTest(TestBox box) {
        this.box = box;
    }

    @Test
    void aBadRecordIsPutAsideUntilItsRowIsWholeAgain() {
        Client client = onboarded();

        client.database()
                .run(
                        "INSERT INTO notes VALUES (2, '9999-12-31', 'b', 0), (3, '2020-01-03', 'c', 0)",
                        "UPDATE notes SET day = 'infinity' WHERE id = 1",
                        "UPDATE notes SET n = 1 WHERE id = 1",
                        "INSERT INTO other VALUES (2)");

        String message = client.awaitCondition("DataLoss", "True", "RecordsQuarantined");
        assertThat(message)
                .contains("of table notes for ValueOutOfRange, the first at " + client.name() + ".main.public.notes-0@")
                .contains("_tributary_" + client.name() + ".quarantine")
                .contains("tributary.dev/resnapshot=2");
        client.awaitEqual("other", "id");
        client.awaitCondition("Ready", "True", "Running");
        awaitQuarantine(
                client,
                "notes\t{\"id\":2}\tValueOutOfRange\tOpen",
                "notes\t{\"id\":1}\tValueOutOfRange\tOpen",
                // It leaves the text as it was, which only a record in quarantine could say.
                "notes\t{\"id\":1}\tFollowsQuarantined\tOpen");
        assertThat(visible(client)).as("as before, and what is good").isEqualTo("1\t2020-01-01\t0\n3\t2020-01-03\t0");
        assertThat(quarantine(client, "SELECT sentence FROM %s"))
                .contains("the value of column day of table public.notes", "-0@")
                .doesNotContain("9999", "infinity");

        // Whole again by a change of its own.
        client.database().run("UPDATE notes SET day = '2020-01-02' WHERE id = 2");
        await().atMost(Client.PATIENCE)
                .untilAsserted(() -> assertThat(visible(client)).contains("2\t2020-01-02\t0"));
        awaitQuarantine(
                client,
                "notes\t{\"id\":2}\tValueOutOfRange\tSuperseded",
                "notes\t{\"id\":1}\tValueOutOfRange\tOpen",
                "notes\t{\"id\":1}\tFollowsQuarantined\tOpen");
        client.awaitCondition("DataLoss", "True", "RecordsQuarantined");
        client.deleteAndAwait();
    }

    @Test
    @Tag("long")
    void whatIsPutAsideIsCarriedByAJobThatMay() {
        Client client = onboarded();
        client.database().run("UPDATE notes SET day = 'infinity' WHERE id = 1", "UPDATE notes SET n = 1 WHERE id = 1");
        client.awaitCondition("DataLoss", "True", "RecordsQuarantined");

        client.apply(spec -> quarantining(SpecChange.tables(spec, tables(OutOfRange.Clamp))), "notes");

        client.awaitCondition("DataLoss", "False", "NoLossKnown");
        awaitQuarantine(
                client,
                "notes\t{\"id\":1}\tValueOutOfRange\tRedriven",
                "notes\t{\"id\":1}\tFollowsQuarantined\tRedriven");
        assertThat(visible(client)).isEqualTo("1\t2299-12-31\t1");
        assertThat(box.clickHouse()
                        .ask("SELECT body = " + BODY + " FROM " + client.sink("notes") + " FINAL WHERE id = 1"))
                .isEqualTo("1");
        client.deleteAndAwait();
    }

    /** Also by a column that the job does not know: nothing of the table is shown from then on, and nothing is lost. */
    @Test
    @Tag("long")
    void aTableStandsStillAndTheOthersGoOn() {
        Client client = onboarded();
        client.apply(spec -> stoppingTable(SpecChange.tables(spec, tables(OutOfRange.Stop))), "notes");
        client.awaitReady();

        client.database()
                .run(
                        "UPDATE notes SET day = 'infinity' WHERE id = 1",
                        "INSERT INTO notes VALUES (2, '2020-01-02', 'b', 0)",
                        "INSERT INTO other VALUES (2)",
                        "ALTER TABLE other ADD colour text",
                        "INSERT INTO other VALUES (3, 'red')",
                        "INSERT INTO notes VALUES (3, '2020-01-03', 'c', 0)");

        awaitQuarantine(
                client,
                "notes\t{\"id\":1}\tValueOutOfRange\tOpen",
                "notes\t{\"id\":2}\tFollowsQuarantined\tOpen",
                "other\t{\"id\":3}\tUnknownColumn\tOpen",
                "notes\t{\"id\":3}\tFollowsQuarantined\tOpen");
        assertThat(visible(client)).isEqualTo("1\t2020-01-01\t0");
        assertThat(box.clickHouse().ask("SELECT id FROM " + client.sink("other") + " FINAL ORDER BY id"))
                .isEqualTo("1\n2");
        client.awaitCondition("ProcessingReady", "True", "JobRunning");
        client.awaitCondition("DataLoss", "True", "RecordsQuarantined");
        client.database().run("ALTER TABLE other DROP colour");
        client.awaitReady();
        client.apply(spec -> stoppingTable(SpecChange.tables(spec, tables(OutOfRange.Clamp))), "notes");
        await().atMost(Client.PATIENCE).untilAsserted(() -> assertThat(visible(client))
                .isEqualTo("1\t2299-12-31\t0\n2\t2020-01-02\t0\n3\t2020-01-03\t0"));
        client.annotate("tributary.dev/resnapshot", "2");
        client.awaitEpoch(2);
        client.awaitReady();
        client.awaitEqual("other", "id");
        client.awaitCondition("DataLoss", "False", "NoLossKnown");
        assertThat(quarantine(client, "SELECT state FROM %s WHERE target = 'other'"))
                .isEqualTo("Reread");
        client.deleteAndAwait();
    }

    private static TenantPipelineSpec stoppingTable(TenantPipelineSpec spec) {
        return SpecChange.processing(spec, new Processing(null, null, OnBadRecord.StopTable, null));
    }

    private Client onboarded() {
        Client client = Client.create(box, "bad");
        client.database()
                .run(
                        "CREATE TABLE notes (id int PRIMARY KEY, day date, body text, n int)",
                        "ALTER TABLE notes ALTER body SET STORAGE EXTERNAL",
                        "INSERT INTO notes VALUES (1, '2020-01-01', " + BODY + ", 0)",
                        "CREATE TABLE other (id int PRIMARY KEY)",
                        "INSERT INTO other VALUES (1)");
        client.apply(spec -> quarantining(SpecChange.tables(spec, tables(OutOfRange.Stop))), "notes");
        client.awaitReady();
        client.awaitEqual("notes", "id");
        return client;
    }

    private static List<SourceTable> tables(OutOfRange days) {
        return List.of(
                new SourceTable("public", "notes", null, List.of(new SourceColumn("day", days))),
                new SourceTable("public", "other", null));
    }

    private static TenantPipelineSpec quarantining(TenantPipelineSpec spec) {
        return SpecChange.processing(spec, new Processing(null, null, OnBadRecord.Quarantine, null));
    }

    private String visible(Client client) {
        return box.clickHouse().ask("SELECT id, day, n FROM " + client.sink("notes") + " FINAL ORDER BY id");
    }

    private void awaitQuarantine(Client client, String... rows) {
        await().atMost(Client.PATIENCE).untilAsserted(() -> assertThat(
                        quarantine(client, "SELECT target, key, reason, state FROM %s ORDER BY position, offset"))
                .as(client::allConditions)
                .isEqualTo(String.join("\n", rows)));
    }

    private String quarantine(Client client, String question) {
        return box.clickHouse().ask(question.formatted("`_tributary_" + client.name() + "`.quarantine FINAL"));
    }
}
