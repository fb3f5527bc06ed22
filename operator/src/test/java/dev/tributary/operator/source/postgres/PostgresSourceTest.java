package dev.tributary.operator.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.operator.source.CaptureLook;
import dev.tributary.operator.source.CaptureNames;
import dev.tributary.operator.source.ConnectionSettings;
import dev.tributary.operator.source.DropOutcome;
import dev.tributary.operator.source.Inspection;
import dev.tributary.operator.source.PublicationOutcome;
import dev.tributary.operator.source.Reason;
import dev.tributary.operator.source.Secret;
import dev.tributary.operator.source.TableId;
import dev.tributary.operator.source.TlsMode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.replication.PGReplicationStream;

/** On a real PostgreSQL; each test has a database of its own. */
class PostgresSourceTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static EmbeddedPostgres server;

    private final PostgresSource source = new PostgresSource();
    private String database;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.builder()
                .setServerConfig("wal_level", "logical")
                .start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @BeforeEach
    void createDatabase() throws SQLException {
        database = "db" + COUNT.incrementAndGet();
        run("postgres", "CREATE DATABASE " + database, "CREATE ROLE user_" + database + " LOGIN REPLICATION");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    TableNotFound | CREATE TABLE other (id int PRIMARY KEY)
                    TableNotSupported | CREATE VIEW items AS SELECT 1 AS id
                    UnsupportedColumnType | CREATE TABLE items (id int PRIMARY KEY, "a.x" int[] NOT NULL, "a.y" int[] NOT NULL)
                    TableNotSupported | CREATE TABLE items (id int PRIMARY KEY, "Id" int)
                    TableNotSupported | CREATE UNLOGGED TABLE items (id int PRIMARY KEY)
                    TableNotSupported | CREATE TABLE items (id int PRIMARY KEY); CREATE TABLE more () INHERITS (items)
                    NoPrimaryKey | CREATE TABLE items (id int NOT NULL)
                    DeferrableKey | CREATE TABLE items (id int PRIMARY KEY DEFERRABLE)
                    ReplicaIdentityUnsuitable | CREATE TABLE items (id int PRIMARY KEY); ALTER TABLE items REPLICA IDENTITY NOTHING
                    ReplicaIdentityUnsuitable | CREATE TABLE items (id int PRIMARY KEY) PARTITION BY RANGE (id); CREATE TABLE part PARTITION OF items DEFAULT; ALTER TABLE part REPLICA IDENTITY NOTHING
                    UnsupportedColumnType | CREATE TABLE items (id int PRIMARY KEY, place point)
                    UnsupportedColumnType | CREATE DOMAIN "date" AS int; CREATE TABLE items (id int PRIMARY KEY, d public."date")
                    UnsupportedColumnType | CREATE DOMAIN "_text" AS int; CREATE TABLE items (id int PRIMARY KEY, d public."_text")
                    UnsupportedColumnType | CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE items (id int PRIMARY KEY, moods mood[])
                    UnsupportedColumnType | CREATE TABLE items (id int PRIMARY KEY, twice int GENERATED ALWAYS AS (id * 2) STORED)
                    UnsupportedColumnType | CREATE TABLE items (id double precision PRIMARY KEY)
                    ReservedColumnName | CREATE TABLE items (id int PRIMARY KEY, _version int)
                    """)
    void whatCannotBeCapturedIsSaid(Reason reason, String ddl) throws SQLException {
        run(database, ddl);

        Inspection inspection = source.inspect(admin(), List.of(new TableId("public", "items")));

        assertThat(((Inspection.Refused) inspection).findings())
                .singleElement()
                .satisfies(f -> assertThat(f.reason()).isEqualTo(reason))
                .satisfies(f -> assertThat(f.message()).contains("public.items"));
    }

    @Test
    void theUserMustBeAllowedToReadAndToStream() throws SQLException {
        run(database, "CREATE TABLE items (id int PRIMARY KEY)");
        run("postgres", "CREATE ROLE weak_" + database + " LOGIN");

        Inspection inspection = source.inspect(as("weak_" + database), List.of(new TableId("public", "items")));

        assertThat(((Inspection.Refused) inspection).findings())
                .extracting(f -> f.reason())
                .containsExactly(Reason.ReplicationNotPermitted, Reason.SelectNotPermitted);
    }

    @Test
    void rowsThatTheUserWouldNotSeeAreToldOf() throws SQLException {
        run(
                database,
                "CREATE TABLE items (id int PRIMARY KEY)",
                "ALTER TABLE items ENABLE ROW LEVEL SECURITY",
                "GRANT SELECT ON items TO user_" + database);

        Inspection inspection = source.inspect(as(user()), List.of(new TableId("public", "items")));

        assertThat(((Inspection.Refused) inspection).findings())
                .extracting(f -> f.reason())
                .containsExactly(Reason.RowSecurityActive);
    }

    @Test
    void oneLookTellsEverythingThatIsWrong() throws SQLException {
        run(database, "CREATE TABLE items (id int NOT NULL, place point)");

        Inspection inspection =
                source.inspect(admin(), List.of(new TableId("public", "items"), new TableId("public", "wishes")));

        assertThat(((Inspection.Refused) inspection).findings())
                .extracting(f -> f.reason())
                .containsExactly(Reason.UnsupportedColumnType, Reason.NoPrimaryKey, Reason.TableNotFound);
    }

    @Test
    void columnsAndKeyComeInTheirOrder() throws SQLException {
        run(
                database,
                "CREATE TABLE items (b text, gone int, a int, c numeric(9, 3) NOT NULL, PRIMARY KEY (a, b))",
                "ALTER TABLE items DROP gone");

        Inspection inspection = source.inspect(admin(), List.of(new TableId("public", "items")));

        var table = ((Inspection.Found) inspection).catalog().tables().get(0);
        assertThat(table.key()).containsExactly("a", "b");
        assertThat(table.columns()).extracting(c -> c.name()).containsExactly("b", "a", "c");
        assertThat(table.columns()).extracting(c -> c.typeName()).containsExactly("text", "integer", "numeric(9,3)");
    }

    @Test
    void whatAKeyMerelyIncludesIsNoPartOfIt() throws SQLException {
        run(database, "CREATE TABLE items (id int, note text, PRIMARY KEY (id) INCLUDE (note))");

        Inspection inspection = source.inspect(admin(), List.of(new TableId("public", "items")));

        assertThat(((Inspection.Found) inspection).catalog().tables().get(0).key())
                .containsExactly("id");
    }

    @Test
    void aPartitionedTableIsOneTable() throws SQLException {
        run(
                database,
                "CREATE TABLE items (id int PRIMARY KEY) PARTITION BY RANGE (id)",
                "CREATE TABLE part PARTITION OF items DEFAULT");
        TableId items = new TableId("public", "items");
        TableId part = new TableId("public", "part");

        Inspection both = source.inspect(admin(), List.of(items, part));

        assertThat(((Inspection.Refused) both).findings())
                .singleElement()
                .satisfies(f -> assertThat(f.reason()).isEqualTo(Reason.TableNotSupported))
                .satisfies(f -> assertThat(f.message()).startsWith("public.part is a partition of public.items"));
        assertThat(source.inspect(admin(), List.of(items))).isInstanceOf(Inspection.Found.class);
        assertThat(source.inspect(admin(), List.of(part))).isInstanceOf(Inspection.Found.class);
    }

    @Test
    void aTableThatDebeziumWouldTakeForAnotherIsRefused() throws SQLException {
        run(
                database,
                "CREATE SCHEMA \"a.b\"; CREATE TABLE \"a.b\".c (id int PRIMARY KEY)",
                "CREATE SCHEMA a; CREATE TABLE a.\"b.c\" (id int PRIMARY KEY)");

        Inspection inspection = source.inspect(admin(), List.of(new TableId("a", "b.c")));

        assertThat(((Inspection.Refused) inspection).findings())
                .extracting(f -> f.reason())
                .containsExactly(Reason.TableNotSupported);
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
        run(
                database,
                "CREATE SCHEMA " + new SqlIdentifier(name).quoted(),
                "CREATE TABLE " + SqlIdentifier.quoted(table) + " (id int PRIMARY KEY)");

        PublicationOutcome outcome = source.ensurePublication(admin(), names(), List.of(table));

        assertThat(outcome).isInstanceOf(PublicationOutcome.Created.class);
        assertThat(source.inspect(admin(), List.of(table))).isInstanceOf(Inspection.Found.class);
        assertThat(source.ensurePublication(admin(), names(), List.of(table)))
                .isInstanceOf(PublicationOutcome.Unchanged.class);
    }

    @Test
    void aPublicationHoldsExactlyTheListedTables() throws SQLException {
        run(database, "CREATE TABLE a (id int PRIMARY KEY)", "CREATE TABLE b (id int PRIMARY KEY)");
        TableId a = new TableId("public", "a");
        TableId b = new TableId("public", "b");
        source.ensurePublication(admin(), names(), List.of(a));

        PublicationOutcome outcome = source.ensurePublication(admin(), names(), List.of(b));

        assertThat(outcome).isEqualTo(new PublicationOutcome.Changed(List.of(b), List.of(a)));
        assertThat(value("SELECT string_agg(tablename, ',') FROM pg_publication_tables"))
                .isEqualTo("b");
        assertThat(value("SELECT puballtables::text FROM pg_publication")).isEqualTo("false");
    }

    @Test
    void aForeignPublicationIsLeftAlone() throws SQLException {
        run(database, "CREATE TABLE a (id int PRIMARY KEY)", "CREATE PUBLICATION " + names().publication());

        PublicationOutcome outcome = source.ensurePublication(admin(), names(), List.of(new TableId("public", "a")));

        assertThat(((PublicationOutcome.Refused) outcome).finding().reason()).isEqualTo(Reason.PublicationNotOwned);
        assertThat(source.dropCapture(admin(), names())).isInstanceOf(DropOutcome.Gone.class);
        assertThat(value("SELECT count(*) FROM pg_publication")).isEqualTo("1");
    }

    @Test
    void publishingNeedsOwnership() throws SQLException {
        run(database, "CREATE TABLE a (id int PRIMARY KEY)");

        PublicationOutcome outcome = source.ensurePublication(as(user()), names(), List.of(new TableId("public", "a")));

        assertThat(((PublicationOutcome.Refused) outcome).finding().reason()).isEqualTo(Reason.PublicationNotPermitted);
    }

    @Test
    void slotAndPublicationGoAndGoingAgainIsFine() throws SQLException {
        run(database, "CREATE TABLE a (id int PRIMARY KEY)");
        source.ensurePublication(admin(), names(), List.of(new TableId("public", "a")));
        run(database, "SELECT pg_create_logical_replication_slot('" + names().slot() + "', 'pgoutput')");
        assertThat(((CaptureLook.Seen) source.captureState(admin(), names())).streaming())
                .isFalse();

        DropOutcome outcome = source.dropCapture(admin(), names());

        assertThat(outcome).isInstanceOf(DropOutcome.Gone.class);
        assertThat(source.captureState(admin(), names())).isEqualTo(new CaptureLook.Seen(null, false));
        assertThat(source.dropCapture(admin(), names())).isInstanceOf(DropOutcome.Gone.class);
    }

    /** Debezium makes its slot and its snapshot in one step, which waits for every open transaction. */
    @Test
    void aSlotThatIsStillBeingMadeIsNotStreamedFrom() throws Exception {
        run(database, "CREATE TABLE a (id int PRIMARY KEY)");
        try (Connection open = server.getDatabase("postgres", database).getConnection();
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("INSERT INTO a VALUES (1)");
            Thread maker = Thread.ofVirtual().start(this::createSlotOverReplication);
            await().untilAsserted(() ->
                    assertThat(slot()).extracting(CaptureLook.Slot::active).isEqualTo(true));

            boolean streaming = slot().streaming();

            assertThat(streaming).isFalse();
            open.rollback();
            maker.join();
        }
    }

    @Test
    void aSlotIsStreamedFromOnceItsReaderBegan() throws Exception {
        createSlotOverReplication();
        try (Connection replication = replication()) {
            PGReplicationStream stream = replication
                    .unwrap(PGConnection.class)
                    .getReplicationAPI()
                    .replicationStream()
                    .logical()
                    .withSlotName(names().slot())
                    .withSlotOption("proto_version", 1)
                    .withSlotOption("publication_names", names().publication())
                    .start();

            await().untilAsserted(() -> assertThat(slot().streaming()).isTrue());

            assertThat(source.dropCapture(admin(), names())).isInstanceOf(DropOutcome.StillActive.class);
            await().untilAsserted(() ->
                    assertThat(source.dropCapture(admin(), names())).isInstanceOf(DropOutcome.Gone.class));
            assertThat(stream.isClosed()).isFalse();
        }
    }

    /** As a client's own user sees it: PostgreSQL keeps the details of a walsender from ordinary users. */
    private CaptureLook.Slot slot() {
        return ((CaptureLook.Seen) source.captureState(as(user()), names())).slot();
    }

    private void createSlotOverReplication() {
        try (Connection replication = replication()) {
            replication
                    .unwrap(PGConnection.class)
                    .getReplicationAPI()
                    .createReplicationSlot()
                    .logical()
                    .withSlotName(names().slot())
                    .withOutputPlugin("pgoutput")
                    .make();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection replication() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user());
        properties.setProperty("replication", "database");
        properties.setProperty("assumeMinServerVersion", "14");
        properties.setProperty("preferQueryMode", "simple");
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database, properties);
    }

    @Test
    void aServerWithoutEncryptionIsNamed() {
        ConnectionSettings settings = new ConnectionSettings(
                "127.0.0.1", server.getPort(), database, "postgres", new Secret("x"), TlsMode.REQUIRE, null);

        Inspection inspection = source.inspect(settings, List.of(new TableId("public", "items")));

        assertThat(((Inspection.Refused) inspection).findings())
                .extracting(f -> f.reason())
                .containsExactly(Reason.TlsNotOffered);
    }

    private CaptureNames names() {
        return new CaptureNames("slot_" + database, "pub_" + database, "acme/shop");
    }

    private String user() {
        return "user_" + database;
    }

    private ConnectionSettings admin() {
        return as("postgres");
    }

    private ConnectionSettings as(String user) {
        return new ConnectionSettings(
                "127.0.0.1", server.getPort(), database, user, new Secret("x"), TlsMode.DISABLE, null);
    }

    private static void run(String database, String... statements) throws SQLException {
        try (Connection connection = server.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private String value(String query) throws SQLException {
        try (Connection connection = server.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
