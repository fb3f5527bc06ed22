package dev.tributary.operator.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.operator.source.CaptureLook;
import dev.tributary.operator.source.DropOutcome;
import dev.tributary.operator.source.Inspection;
import dev.tributary.operator.source.PublicationOutcome;
import dev.tributary.operator.source.Reason;
import dev.tributary.operator.source.TableId;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Publications, the operator's own and provided ones, on a real PostgreSQL. */
@ExtendWith(ClientDatabases.class)
class PostgresPublicationTest {

    private final PostgresSource source = new PostgresSource();
    private final ClientDatabase database;

    PostgresPublicationTest(ClientDatabase database) {
        this.database = database;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "it's",
                "a\"b",
                "${secrets:kafka/x:password}",
                "with, comma",
                "dot.dot",
                "Große 🚚",
                "select",
                "a\\b"
            })
    void anyNameIsQuoted(String name) throws SQLException {
        TableId table = new TableId(name, name);
        database.run(
                "CREATE SCHEMA " + new SqlIdentifier(name).quoted(),
                "CREATE TABLE " + SqlIdentifier.quoted(table) + " (id int PRIMARY KEY)");

        PublicationOutcome outcome = source.ensurePublication(database.admin(), database.names(), List.of(table));

        assertThat(outcome).isInstanceOf(PublicationOutcome.Created.class);
        assertThat(database.inspect(database.admin(), table)).isInstanceOf(Inspection.Found.class);
        assertThat(source.ensurePublication(database.admin(), database.names(), List.of(table)))
                .isInstanceOf(PublicationOutcome.Unchanged.class);
    }

    @Test
    void aPublicationHoldsExactlyTheListedTables() throws SQLException {
        database.run("CREATE TABLE a (id int PRIMARY KEY)", "CREATE TABLE b (id int PRIMARY KEY)");
        TableId a = new TableId("public", "a");
        TableId b = new TableId("public", "b");
        source.ensurePublication(database.admin(), database.names(), List.of(a));

        PublicationOutcome outcome = source.ensurePublication(database.admin(), database.names(), List.of(b));

        assertThat(outcome).isEqualTo(new PublicationOutcome.Changed(List.of(b), List.of(a)));
        assertThat(database.value("SELECT string_agg(tablename, ',') FROM pg_publication_tables"))
                .isEqualTo("b");
        assertThat(database.value("SELECT puballtables::text FROM pg_publication"))
                .isEqualTo("false");
    }

    @Test
    void aForeignPublicationIsLeftAlone() throws SQLException {
        database.run(
                "CREATE TABLE a (id int PRIMARY KEY)",
                "CREATE PUBLICATION " + database.names().publication());

        PublicationOutcome outcome =
                source.ensurePublication(database.admin(), database.names(), List.of(new TableId("public", "a")));

        assertThat(((PublicationOutcome.Refused) outcome).finding().reason()).isEqualTo(Reason.PublicationNotOwned);
        assertThat(source.dropCapture(database.admin(), database.names())).isInstanceOf(DropOutcome.Gone.class);
        assertThat(database.value("SELECT count(*) FROM pg_publication")).isEqualTo("1");
    }

    @Test
    void publishingNeedsOwnership() throws SQLException {
        database.run("CREATE TABLE a (id int PRIMARY KEY)");

        PublicationOutcome outcome = source.ensurePublication(
                database.as(database.user()), database.names(), List.of(new TableId("public", "a")));

        assertThat(((PublicationOutcome.Refused) outcome).finding().reason()).isEqualTo(Reason.PublicationNotPermitted);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    PublicationNotFound | SELECT 1
                    PublicationUnsuitable | CREATE PUBLICATION "client-tables"
                    PublicationUnsuitable | CREATE PUBLICATION "client-tables" FOR TABLE items WHERE (id > 5)
                    PublicationUnsuitable | CREATE PUBLICATION "client-tables" FOR TABLE items (id)
                    PublicationUnsuitable | CREATE PUBLICATION "client-tables" FOR TABLE items WITH (publish = 'insert, update, delete')
                    PublicationUnsuitable | CREATE PUBLICATION "client-tables" FOR TABLE parts
                    PublicationUnsuitable | CREATE PUBLICATION "client-tables" FOR TABLE other
                    """)
    void whatAProvidedPublicationLeavesOutIsToldWithItsRemedy(Reason reason, String ddl) throws SQLException {
        TableId items = partitionedItems(ddl.contains("parts"));
        database.run(ddl.replace("parts", "items"));

        Inspection refused = database.inspect(database.admin(), database.provided(), items);

        assertThat(ClientDatabase.reasons(refused)).containsExactly(reason);
        database.run(remedy(refused));
        assertThat(database.inspect(database.admin(), database.provided(), items))
                .isInstanceOf(Inspection.Found.class);
    }

    private TableId partitionedItems(boolean partitioned) throws SQLException {
        database.run(
                "CREATE TABLE items (id int PRIMARY KEY)" + (partitioned ? " PARTITION BY RANGE (id)" : ""),
                partitioned ? "CREATE TABLE part PARTITION OF items DEFAULT" : "SELECT 1",
                "CREATE TABLE other (id int PRIMARY KEY)");
        return new TableId("public", "items");
    }

    /** The SQL that the message has after its colon. */
    private static String remedy(Inspection refused) {
        String message = ClientDatabase.messages(refused).get(0);
        return message.substring(message.indexOf(": ") + 2).replaceAll(", or correct .*", "");
    }

    @Test
    void aPartitionThatIsPublishedAsItsRootIsToldOf() throws SQLException {
        partitionedItems(true);
        database.run("CREATE PUBLICATION \"client-tables\" FOR TABLE items WITH (publish_via_partition_root = true)");

        Inspection refused = database.inspect(database.admin(), database.provided(), new TableId("public", "part"));

        assertThat(ClientDatabase.messages(refused))
                .singleElement()
                .asString()
                .contains("list that one in spec.source.tables");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE PUBLICATION \"client-tables\" FOR ALL TABLES",
                "CREATE PUBLICATION \"client-tables\" FOR TABLES IN SCHEMA public"
            })
    void aProvidedPublicationMayPublishMore(String ddl) throws SQLException {
        TableId items = partitionedItems(false);
        database.run(ddl);

        Inspection inspection = database.inspect(database.admin(), database.provided(), items);

        assertThat(inspection).isInstanceOf(Inspection.Found.class);
    }

    @Test
    void aProvidedPublicationIsNeitherMadeNorChangedNorDropped() throws SQLException {
        TableId items = partitionedItems(false);
        database.run(
                "CREATE PUBLICATION \"client-tables\" FOR TABLE other",
                "COMMENT ON PUBLICATION \"client-tables\" IS 'tributary: acme/shop'");

        PublicationOutcome outcome = source.ensurePublication(database.admin(), database.provided(), List.of(items));

        assertThat(outcome).isInstanceOf(PublicationOutcome.Unchanged.class);
        assertThat(source.dropCapture(database.admin(), database.provided())).isInstanceOf(DropOutcome.Gone.class);
        assertThat(database.value("SELECT string_agg(tablename, ',') FROM pg_publication_tables"))
                .isEqualTo("other");
    }

    @Test
    void ownershipIsAskedForBeforeAnythingIsMade() throws SQLException {
        TableId items = partitionedItems(false);
        database.run(
                "CREATE ROLE owner_" + database.name(),
                "ALTER TABLE items OWNER TO owner_" + database.name(),
                "GRANT SELECT ON items TO " + database.user(),
                "GRANT CREATE ON DATABASE " + database.name() + " TO " + database.user());

        Inspection refused = database.inspect(database.as(database.user()), items);

        assertThat(ClientDatabase.reasons(refused)).containsExactly(Reason.PublicationNotPermitted);
        assertThat(ClientDatabase.messages(refused).get(0))
                .contains("public.items, which owner_" + database.name() + " owns");
        database.run("GRANT owner_" + database.name() + " TO " + database.user());
        assertThat(database.inspect(database.as(database.user()), items)).isInstanceOf(Inspection.Found.class);
    }

    @Test
    void whoMayNotCreateInTheDatabaseMayUseAProvidedPublication() throws SQLException {
        TableId items = partitionedItems(false);
        database.run(
                "GRANT SELECT ON items TO " + database.user(), "CREATE PUBLICATION \"client-tables\" FOR TABLE items");

        Inspection managed = database.inspect(database.as(database.user()), items);

        assertThat(ClientDatabase.messages(managed)).anyMatch(m -> m.contains("GRANT CREATE ON DATABASE"));
        assertThat(database.inspect(database.as(database.user()), database.provided(), items))
                .isInstanceOf(Inspection.Found.class);
    }

    @Test
    void aPublicationOfSomebodyElseIsRefused() throws SQLException {
        TableId items = partitionedItems(false);
        database.run("CREATE PUBLICATION " + database.names().publication() + " FOR TABLE items");

        Inspection refused = database.inspect(database.admin(), items);

        assertThat(ClientDatabase.reasons(refused)).containsExactly(Reason.PublicationNotOwned);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET (publish = 'insert')",
                "SET TABLE items WHERE (id > 5)",
                "SET TABLE items (id)",
                "SET TABLE other"
            })
    void whatWasAlteredIsPutRightBeforeTheCaptureAndToldWhileItRuns(String change) throws SQLException {
        TableId items = partitionedItems(false);
        String alter = "ALTER PUBLICATION " + database.names().publication() + " " + change;
        source.ensurePublication(database.admin(), database.names(), List.of(items));
        database.run(alter);

        PublicationOutcome outcome = source.ensurePublication(database.admin(), database.names(), List.of(items));

        assertThat(outcome).isInstanceOf(PublicationOutcome.Changed.class);
        assertThat(omissions(items)).isEmpty();
        database.run(alter);
        assertThat(omissions(items)).isNotEmpty();
    }

    private List<String> omissions(TableId table) {
        return ((CaptureLook.Seen) source.captureState(database.admin(), database.names(), List.of(table))).omissions();
    }
}
