package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.api.v1alpha1.SourceTable;
import dev.tributary.api.v1alpha1.TenantPipelineSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What PostgreSQL tells of the row before a change, by each REPLICA IDENTITY that a table can have: with those that carry
 * the primary key every change arrives right, and the others are told while the table runs, too. That they are refused
 * before is in {@link SourceRefusalsTest}.
 */
@ExtendWith(BoxExtension.class)
class ReplicaIdentitiesTest {

    private static final List<String> IDENTITIES = List.of("DEFAULT", "FULL", "USING INDEX %s_pkey");

    private final TestBox box;

    ReplicaIdentitiesTest(TestBox box) {
        this.box = box;
    }

    @Test
    @Tag("long")
    void everyOneThatCarriesTheKeyWillDo() {
        Client client = Client.create(box, "identity");
        List<String> tables = new ArrayList<>();
        for (String identity : IDENTITIES) {
            String table = "t_" + identity.substring(0, 4).toLowerCase(Locale.ROOT);
            tables.add(table);
            client.database()
                    .run(
                            "CREATE TABLE " + table
                                    + " (a text, b int, n int NOT NULL, code text NOT NULL UNIQUE, body text, tags text[] NOT NULL,"
                                    + " PRIMARY KEY (a, b))",
                            "ALTER TABLE " + table
                                    + " ALTER body SET STORAGE EXTERNAL, ALTER tags SET STORAGE EXTERNAL, REPLICA IDENTITY "
                                    + identity.formatted(table),
                            "INSERT INTO " + table + " SELECT 'k' || n, n, 0, 'c' || n, repeat('body ' || n, 2000),"
                                    + " array_fill('tag ' || n, ARRAY[600]) FROM generate_series(1, 40) n");
        }
        client.apply(tables.toArray(String[]::new));
        client.awaitReady();
        client.awaitCondition("SnapshotComplete", "True", "Streaming");

        for (String table : tables) {
            client.database()
                    .run(
                            "UPDATE " + table + " SET n = 1 WHERE b <= 10",
                            "UPDATE " + table + " SET code = 'other ' || b WHERE b = 2",
                            "UPDATE " + table + " SET body = 'short' WHERE b = 3",
                            "UPDATE " + table + " SET body = NULL WHERE b = 4",
                            "DELETE FROM " + table + " WHERE b BETWEEN 11 AND 15",
                            "UPDATE " + table + " SET b = b + 1000 WHERE b BETWEEN 16 AND 20",
                            "UPDATE " + table + " SET a = 'changed', n = 2 WHERE b BETWEEN 21 AND 25",
                            "BEGIN; DELETE FROM " + table + " WHERE b = 26; INSERT INTO " + table
                                    + " VALUES ('k26', 26, 3, 'again', 'again', '{}'); COMMIT",
                            "BEGIN; UPDATE " + table + " SET b = -1 WHERE b = 27; UPDATE " + table
                                    + " SET b = 27, a = 'k27' WHERE b = 28; UPDATE " + table
                                    + " SET b = 28, a = 'k28' WHERE b = -1; COMMIT");
        }

        for (String table : tables) {
            client.awaitEqual(table, "a", "b");
        }
        // Else it was not the source that sent the value.
        assertThat(values(client, "t_full")).noneMatch(value -> value.contains("__unavailable_"));
        assertThat(values(client, "t_defa")).anyMatch(value -> value.contains("__unavailable_"));
        assertThat(values(client, "t_usin")).anyMatch(value -> value.contains("__unavailable_"));
        client.deleteAndAwait();
    }

    /**
     * Of a table without a primary key, in each way in which the change stream can have the key. Debezium alone would take
     * the first unique index by name, code's or a later one's, for the key.
     */
    @Test
    @Tag("long")
    void aDeclaredKeyTellsRowsApartUntilItsIndexIsGone() {
        Client client = Client.create(box, "declared");
        List<String> tables = List.of("by_index", "whole", "parted");
        client.database()
                .run(
                        "CREATE TABLE by_index (a text NOT NULL, b int NOT NULL, code int NOT NULL, n int, body text)",
                        "ALTER TABLE by_index ALTER body SET STORAGE EXTERNAL",
                        "CREATE TABLE whole (LIKE by_index INCLUDING STORAGE)",
                        "CREATE TABLE parted (LIKE by_index INCLUDING STORAGE) PARTITION BY RANGE (b)",
                        "CREATE UNIQUE INDEX by_index_code ON by_index (code)",
                        "CREATE UNIQUE INDEX own_by_index ON by_index (a, b)",
                        "CREATE UNIQUE INDEX own_whole ON whole (a, b)",
                        "CREATE UNIQUE INDEX own_parted ON parted (a, b)",
                        "CREATE TABLE low PARTITION OF parted FOR VALUES FROM (-9) TO (20)",
                        "CREATE TABLE high PARTITION OF parted FOR VALUES FROM (20) TO (9999)",
                        "ALTER TABLE by_index REPLICA IDENTITY USING INDEX own_by_index",
                        "ALTER TABLE whole REPLICA IDENTITY FULL",
                        "ALTER TABLE low REPLICA IDENTITY USING INDEX low_a_b_idx",
                        "ALTER TABLE high REPLICA IDENTITY FULL");
        tables.forEach(table -> client.database()
                .run("INSERT INTO " + table + " SELECT 'k' || n, n, 100 + n, 0, repeat('body ' || n, 2000)"
                        + " FROM generate_series(1, 40) n"));
        client.apply(spec -> withKey(spec, "b", "a"), tables.toArray(String[]::new));
        client.awaitReady();
        client.awaitCondition("SnapshotComplete", "True", "Streaming");

        tables.forEach(table -> changeKeys(client, table));
        // PostgreSQL describes the table anew before its next change.
        client.database()
                .run(
                        "CREATE UNIQUE INDEX another ON by_index (code, n)",
                        "UPDATE by_index SET code = code + 500 WHERE b BETWEEN 30 AND 35",
                        "UPDATE by_index SET b = b + 500 WHERE b BETWEEN 33 AND 38",
                        "DELETE FROM by_index WHERE b = 40");

        tables.forEach(table -> client.awaitEqual(table, "a", "b"));
        client.database().run("DROP INDEX own_by_index", "ALTER TABLE by_index REPLICA IDENTITY FULL");
        assertThat(client.awaitCondition("DataLoss", "True", "KeyNotUnique"))
                .contains("public.by_index", "CREATE UNIQUE INDEX ON", "tributary.dev/resnapshot=2");
        client.database().run("CREATE UNIQUE INDEX ON by_index (a, b)");
        client.annotate("tributary.dev/resnapshot", "2");
        client.awaitReady();
        client.awaitCondition("DataLoss", "False", "NoLossKnown");
        client.deleteAndAwait();
    }

    private static TenantPipelineSpec withKey(TenantPipelineSpec spec, String... key) {
        return SpecChange.tables(
                spec,
                spec.source().tables().stream()
                        .map(t -> new SourceTable(t.schema(), t.name(), t.target(), null, List.of(key), null))
                        .toList());
    }

    private static void changeKeys(Client client, String table) {
        client.database()
                .run(
                        "UPDATE " + table + " SET n = 1 WHERE b <= 10",
                        "UPDATE " + table + " SET code = code + 1000 WHERE b = 2",
                        "UPDATE " + table + " SET body = 'short' WHERE b = 3",
                        "DELETE FROM " + table + " WHERE b BETWEEN 11 AND 15",
                        "UPDATE " + table + " SET b = b + 1000 WHERE b BETWEEN 16 AND 20",
                        "UPDATE " + table + " SET a = 'changed', n = 2 WHERE b BETWEEN 21 AND 25",
                        "BEGIN; DELETE FROM " + table + " WHERE b = 26; INSERT INTO " + table
                                + " VALUES ('k26', 26, 126, 3, 'again'); COMMIT",
                        "BEGIN; UPDATE " + table + " SET b = -1 WHERE b = 27; UPDATE " + table
                                + " SET b = 27, a = 'k27' WHERE b = 28; UPDATE " + table
                                + " SET b = 28, a = 'k28' WHERE b = -1; COMMIT",
                        "INSERT INTO " + table + " VALUES ('k1', 2, 2000, 4, NULL)");
    }

    /** PostgreSQL itself then refuses to change the table's rows, since it is published. */
    @Test
    @Tag("long")
    void noneWhileItRunsIsToldAndLosesNothing() {
        Client client = onboarded();
        client.database().run("ALTER TABLE items REPLICA IDENTITY NOTHING");
        assertThatThrownBy(() -> client.database().run("DELETE FROM items WHERE id = 1"))
                .hasMessageContaining("does not have a replica identity");
        client.database().run("INSERT INTO items VALUES (11, 'c11', 'meanwhile')");

        String message = client.awaitCondition("SourceReady", "False", "ReplicaIdentityUnsuitable");

        assertThat(message).contains("ALTER TABLE \"public\".\"items\" REPLICA IDENTITY DEFAULT");
        client.awaitEqual("items", "id");
        client.database().run("ALTER TABLE items REPLICA IDENTITY DEFAULT", "DELETE FROM items WHERE id = 1");
        client.awaitReady();
        client.awaitEqual("items", "id");
        client.deleteAndAwait();
    }

    /** Then a deleted row comes with a key that Debezium makes up, and a changed key as if it were a new row. */
    @Test
    @Tag("long")
    void anotherIndexWhileItRunsIsALoss() {
        Client client = onboarded();

        client.database()
                .run(
                        "ALTER TABLE items REPLICA IDENTITY USING INDEX items_code_key",
                        "DELETE FROM items WHERE id = 2",
                        "UPDATE items SET id = 33 WHERE id = 3");

        assertThat(client.awaitCondition("DataLoss", "True", "ReplicaIdentityChanged"))
                .contains("public.items", "tributary.dev/resnapshot=2");
        client.annotate("tributary.dev/resnapshot", "2");
        client.awaitCondition("SourceReady", "False", "ReplicaIdentityUnsuitable");
        client.database().run("ALTER TABLE items REPLICA IDENTITY DEFAULT");
        client.awaitReady();
        client.awaitCondition("DataLoss", "False", "NoLossKnown");
        assertThat(client.differences("items", "id")).isEmpty();
        client.deleteAndAwait();
    }

    private Client onboarded() {
        Client client = Client.create(box, "identity");
        client.database()
                .run(
                        "CREATE TABLE items (id int PRIMARY KEY, code text NOT NULL UNIQUE, note text)",
                        "INSERT INTO items SELECT n, 'c' || n, 'note ' || n FROM generate_series(1, 10) n");
        client.apply("items");
        client.awaitReady();
        client.awaitCondition("SnapshotComplete", "True", "Streaming");
        return client;
    }

    private List<String> values(Client client, String table) {
        return box.kafka().records(client.name() + ".main.public." + table).stream()
                .map(ConsumerRecord::value)
                .toList();
    }
}
