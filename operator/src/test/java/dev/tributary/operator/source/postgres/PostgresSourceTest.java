package dev.tributary.operator.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.jobspec.ColumnType;
import dev.tributary.operator.source.ColumnMapping;
import dev.tributary.operator.source.ConnectionSettings;
import dev.tributary.operator.source.Inspection;
import dev.tributary.operator.source.InspectionRequest;
import dev.tributary.operator.source.Reason;
import dev.tributary.operator.source.RowKey.AppendOnly;
import dev.tributary.operator.source.RowKey.Declared;
import dev.tributary.operator.source.Secret;
import dev.tributary.operator.source.TableId;
import dev.tributary.operator.source.TlsMode;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What keeps tables from being captured, on a real PostgreSQL; each test has a database of its own. */
@ExtendWith(ClientDatabases.class)
class PostgresSourceTest {

    private static final TableId ITEMS = new TableId("public", "items");

    private final PostgresSource source = new PostgresSource();
    private final ClientDatabase database;

    PostgresSourceTest(ClientDatabase database) {
        this.database = database;
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
                    ReplicaIdentityUnsuitable | CREATE TABLE items (id int PRIMARY KEY, code text NOT NULL UNIQUE); ALTER TABLE items REPLICA IDENTITY USING INDEX items_code_key
                    ReplicaIdentityUnsuitable | CREATE TABLE items (id int PRIMARY KEY, code text NOT NULL); CREATE UNIQUE INDEX gone ON items (code); ALTER TABLE items REPLICA IDENTITY USING INDEX gone; DROP INDEX gone
                    ReplicaIdentityUnsuitable | CREATE TABLE items (id int PRIMARY KEY) PARTITION BY RANGE (id); CREATE TABLE part PARTITION OF items DEFAULT; ALTER TABLE part REPLICA IDENTITY NOTHING
                    UnsupportedColumnType | CREATE TABLE items (price money PRIMARY KEY)
                    UnsupportedColumnType | CREATE DOMAIN int4 AS text; CREATE TABLE items (id bigint PRIMARY KEY, n int)
                    UnsupportedColumnType | CREATE TABLE items (id int, twice int GENERATED ALWAYS AS (id * 2) STORED PRIMARY KEY)
                    UnsupportedColumnType | CREATE TABLE items (id double precision PRIMARY KEY)
                    TableNotSupported | CREATE TABLE items (id int PRIMARY KEY) PARTITION BY RANGE (id); CREATE UNLOGGED TABLE part PARTITION OF items DEFAULT
                    TableNotSupported | CREATE TABLE items (id int) PARTITION BY RANGE (id); CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE FOREIGN TABLE part PARTITION OF items DEFAULT SERVER s
                    TableNotSupported | CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE FOREIGN TABLE items (id int) SERVER s
                    ReservedColumnName | CREATE TABLE items (id int PRIMARY KEY, _version int)
                    """)
    void whatCannotBeCapturedIsSaid(Reason reason, String ddl) throws SQLException {
        database.run(ddl);

        Inspection inspection = database.inspect(database.admin(), new TableId("public", "items"));

        assertThat(((Inspection.Refused) inspection).findings())
                .singleElement()
                .satisfies(f -> assertThat(f.reason()).isEqualTo(reason))
                .satisfies(f -> assertThat(f.message()).contains("public.items"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DEFAULT", "FULL", "USING INDEX items_pkey"})
    void aReplicaIdentityThatCarriesTheKeyWillDo(String identity) throws SQLException {
        database.run(
                "CREATE TABLE items (id int PRIMARY KEY, note text)", "ALTER TABLE items REPLICA IDENTITY " + identity);

        Inspection inspection = database.inspect(database.admin(), new TableId("public", "items"));

        assertThat(inspection).isInstanceOf(Inspection.Found.class);
    }

    /** PostgreSQL lets rows be deleted and their keys change, and does not send the keys; with none it lets neither. */
    @ParameterizedTest
    @CsvSource({
        "USING INDEX items_code_key, ReplicaIdentityChanged",
        "NOTHING, ReplicaIdentityUnsuitable",
    })
    void aReplicaIdentityThatLosesTheKeysOfACapturedTableIsToldAsALoss(String identity, Reason reason)
            throws SQLException {
        database.run(
                "CREATE TABLE items (id int PRIMARY KEY, code text NOT NULL UNIQUE)",
                "ALTER TABLE items REPLICA IDENTITY " + identity);

        Inspection inspection = database.inspectCaptured(new TableId("public", "items"));

        assertThat(ClientDatabase.reasons(inspection)).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE UNIQUE INDEX items_ab ON items (b, a); ALTER TABLE items REPLICA IDENTITY USING INDEX items_ab",
                "CREATE UNIQUE INDEX items_ab ON items (a, b) INCLUDE (n); ALTER TABLE items REPLICA IDENTITY FULL",
                "ALTER TABLE items ADD PRIMARY KEY (a, b)",
                "ALTER TABLE items ADD PRIMARY KEY (n), ADD CONSTRAINT items_ab UNIQUE (a, b);"
                        + " ALTER TABLE items REPLICA IDENTITY USING INDEX items_ab",
                "CREATE UNIQUE INDEX items_ab ON items (a, b); CREATE UNIQUE INDEX items_abn ON items (a, b, n);"
                        + " ALTER TABLE items REPLICA IDENTITY USING INDEX items_abn",
            })
    void aDeclaredKeyThatAnIndexKeepsUniqueWillDo(String ddl) throws SQLException {
        database.run("CREATE TABLE items (a int NOT NULL, b text NOT NULL, n int NOT NULL, note text)", ddl);

        Inspection inspection = database.inspect(ITEMS, new Declared(List.of("a", "b")), Set.of());

        assertThat(((Inspection.Found) inspection).catalog().tables().get(0).key())
                .containsExactly("a", "b");
    }

    /** With the SQL of the message the next look finds nothing more. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    DeclaredKeyUnsuitable | no unique index | SELECT 1
                    DeclaredKeyUnsuitable | no unique index | CREATE UNIQUE INDEX items_a ON items (a)
                    DeclaredKeyUnsuitable | no unique index | CREATE UNIQUE INDEX items_abn ON items (a, b, n)
                    DeclaredKeyUnsuitable | (items_ab is for some rows only) | CREATE UNIQUE INDEX items_ab ON items (a, b) WHERE n > 0
                    DeclaredKeyUnsuitable | (items_ab has more than columns) | CREATE UNIQUE INDEX items_ab ON items (a, b, lower(note))
                    DeclaredKeyUnsuitable | (items_ab is deferrable) | ALTER TABLE items ADD CONSTRAINT items_ab UNIQUE (a, b) DEFERRABLE
                    DeclaredKeyUnsuitable | allows NULL | ALTER TABLE items ALTER b DROP NOT NULL; CREATE UNIQUE INDEX items_ab ON items (a, b)
                    ReplicaIdentityUnsuitable | does not have its declared key (a, b) | CREATE UNIQUE INDEX items_ab ON items (a, b)
                    ReplicaIdentityUnsuitable | does not have its declared key (a, b) | CREATE UNIQUE INDEX items_ab ON items (a, b); ALTER TABLE items REPLICA IDENTITY NOTHING
                    ReplicaIdentityUnsuitable | does not have its declared key (a, b) | CREATE UNIQUE INDEX items_ab ON items (a, b); ALTER TABLE items ADD PRIMARY KEY (n)
                    """)
    void whatADeclaredKeyLacksIsSaid(Reason reason, String why, String ddl) throws SQLException {
        database.run("CREATE TABLE items (a int NOT NULL, b text NOT NULL, n int NOT NULL, note text)", ddl);

        Inspection inspection = database.inspect(ITEMS, new Declared(List.of("a", "b")), Set.of());

        assertThat(((Inspection.Refused) inspection).findings())
                .singleElement()
                .satisfies(f -> assertThat(f.reason()).isEqualTo(reason))
                .satisfies(f -> assertThat(f.message()).contains("public.items", why));
        for (int step = 0; step < 3 && inspection instanceof Inspection.Refused refused; step++) {
            String message = refused.findings().get(0).message();
            database.run(message.substring(message.indexOf(": ") + 2).replaceAll(", or correct .*", ""));
            inspection = database.inspect(ITEMS, new Declared(List.of("a", "b")), Set.of());
        }
        assertThat(inspection).isInstanceOf(Inspection.Found.class);
    }

    @Test
    void aDeclaredKeyNamesColumns() throws SQLException {
        database.run("CREATE TABLE items (a int NOT NULL)");

        Inspection inspection = database.inspect(ITEMS, new Declared(List.of("A")), Set.of());

        assertThat(ClientDatabase.messages(inspection))
                .containsExactly("table public.items has no column A: correct spec.source.tables[].key");
    }

    @Test
    void eachPartitionNeedsTheDeclaredKeyInItsOwnReplicaIdentity() throws SQLException {
        database.run(
                "CREATE TABLE items (a int NOT NULL, b text NOT NULL) PARTITION BY RANGE (a)",
                "CREATE UNIQUE INDEX items_a ON items (a)",
                "CREATE TABLE low PARTITION OF items FOR VALUES FROM (0) TO (10)",
                "CREATE TABLE high PARTITION OF items FOR VALUES FROM (10) TO (20)",
                "ALTER TABLE low REPLICA IDENTITY USING INDEX low_a_idx");

        Inspection inspection = database.inspect(ITEMS, new Declared(List.of("a")), Set.of());

        assertThat(ClientDatabase.messages(inspection)).singleElement().satisfies(m -> assertThat(m)
                .contains("partition public.high", "ALTER TABLE \"public\".\"high\" REPLICA IDENTITY FULL"));
        database.run("ALTER TABLE high REPLICA IDENTITY FULL");
        assertThat(((Inspection.Found) database.inspect(ITEMS, new Declared(List.of("a")), Set.of())).notes())
                .anyMatch(note -> note.contains("a partition that is added to table public.items"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE items REPLICA IDENTITY FULL",
                "CREATE UNIQUE INDEX items_a ON items (a); ALTER TABLE items REPLICA IDENTITY USING INDEX items_a",
                "ALTER TABLE items ADD PRIMARY KEY (a)"
            })
    void aTableMayBeAppendOnlyWhereItsRowsCanStillChange(String ddl) throws SQLException {
        database.run("CREATE TABLE items (a int NOT NULL, b text)", ddl);

        Inspection inspection = database.inspect(ITEMS, new AppendOnly(), Set.of());

        Inspection.Found found = (Inspection.Found) inspection;
        assertThat(found.catalog().tables().get(0).key()).isEmpty();
        assertThat(found.notes()).anyMatch(note -> note.contains("rows of table public.items arrive at least once"));
    }

    /** Publishing it would have PostgreSQL refuse them to the client's own application. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE items (a int)",
                "CREATE TABLE items (a int PRIMARY KEY DEFERRABLE)",
                "CREATE TABLE items (a int); ALTER TABLE items REPLICA IDENTITY NOTHING",
                "CREATE TABLE items (a int) PARTITION BY RANGE (a); CREATE TABLE part PARTITION OF items DEFAULT"
            })
    void anAppendOnlyTableWhoseRowsCouldNotChangeAnyMoreIsRefused(String ddl) throws SQLException {
        database.run(ddl);

        Inspection inspection = database.inspect(ITEMS, new AppendOnly(), Set.of());

        assertThat(ClientDatabase.reasons(inspection)).containsExactly(Reason.ReplicaIdentityUnsuitable);
        String message = ClientDatabase.messages(inspection).get(0);
        database.run(message.substring(message.indexOf(": ") + 2));
        assertThat(database.inspect(ITEMS, new AppendOnly(), Set.of())).isInstanceOf(Inspection.Found.class);
    }

    @Test
    void theColumnsOfAnAppendOnlyTableMayNotBeNamedAsItsRowsPlaces() throws SQLException {
        database.run("CREATE TABLE items (_offset int PRIMARY KEY)");

        assertThat(database.inspect(database.admin(), ITEMS)).isInstanceOf(Inspection.Found.class);
        assertThat(ClientDatabase.reasons(database.inspect(ITEMS, new AppendOnly(), Set.of())))
                .containsExactly(Reason.ReservedColumnName);
    }

    /** Nothing keeps rows apart, or nothing of a deleted row arrives: either is a loss once the table is captured. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    KeyNotUnique | DROP INDEX items_a
                    KeyNotUnique | ALTER TABLE items REPLICA IDENTITY FULL; DROP INDEX items_a
                    ReplicaIdentityChanged | ALTER TABLE items REPLICA IDENTITY USING INDEX items_b
                    ReplicaIdentityChanged | ALTER TABLE items ADD PRIMARY KEY (b), REPLICA IDENTITY DEFAULT
                    ReplicaIdentityUnsuitable | ALTER TABLE items REPLICA IDENTITY NOTHING
                    """)
    void whatBefallsTheDeclaredKeyOfACapturedTableIsTold(Reason reason, String ddl) throws SQLException {
        database.run(
                "CREATE TABLE items (a int NOT NULL, b text NOT NULL)",
                "CREATE UNIQUE INDEX items_a ON items (a)",
                "CREATE UNIQUE INDEX items_b ON items (b)",
                "ALTER TABLE items REPLICA IDENTITY USING INDEX items_a",
                ddl);

        Inspection inspection = database.inspect(ITEMS, new Declared(List.of("a")), Set.of("public.items"));

        assertThat(ClientDatabase.reasons(inspection)).contains(reason);
    }

    /** Columns are joined to their tables by dots in message.key.columns. */
    @Test
    void aDeclaredKeyThatDebeziumWouldFindInAnotherTableIsRefused() throws SQLException {
        database.run(
                "CREATE TABLE a (\"b.c\" int NOT NULL UNIQUE)",
                "ALTER TABLE a REPLICA IDENTITY FULL",
                "CREATE TABLE \"a.b\" (id int PRIMARY KEY, c int)");
        TableId a = new TableId("public", "a");

        Inspection inspection = source.inspect(new InspectionRequest(
                database.admin(),
                database.names(),
                List.of(a, new TableId("public", "a.b")),
                Map.of(a, new Declared(List.of("b.c"))),
                Set.of(),
                ClientDatabase.MEBIBYTE));

        assertThat(ClientDatabase.messages(inspection)).singleElement().satisfies(m -> assertThat(m)
                .contains("column b.c", "column c of public.a.b"));
    }

    @Test
    void theUserMustBeAllowedToReadAndToStream() throws SQLException {
        database.run("CREATE TABLE items (id int PRIMARY KEY)");
        database.run("CREATE ROLE weak_" + database.name() + " LOGIN");

        Inspection inspection =
                database.inspect(database.as("weak_" + database.name()), new TableId("public", "items"));

        assertThat(((Inspection.Refused) inspection).findings())
                .extracting(f -> f.reason())
                .containsExactly(
                        Reason.ReplicationNotPermitted,
                        Reason.SelectNotPermitted,
                        Reason.PublicationNotPermitted,
                        Reason.PublicationNotPermitted);
    }

    @Test
    void aUserWhoseNameDebeziumDoesNotQuoteIsRefused() throws SQLException {
        database.run("CREATE TABLE items (id int PRIMARY KEY)", "CREATE ROLE \"it's\" LOGIN SUPERUSER");

        Inspection inspection = database.inspect(database.as("it's"), new TableId("public", "items"));

        assertThat(ClientDatabase.reasons(inspection)).containsExactly(Reason.UserNotSupported);
    }

    @Test
    void aDatabaseThatTheUserMayNotConnectToIsTold() throws SQLException {
        database.run("REVOKE CONNECT ON DATABASE " + database.name() + " FROM PUBLIC");

        Inspection inspection = database.inspect(database.as(database.user()), new TableId("public", "items"));

        assertThat(ClientDatabase.reasons(inspection)).containsExactly(Reason.DatabaseNotFound);
        assertThat(ClientDatabase.messages(inspection).get(0)).contains("GRANT CONNECT ON DATABASE");
    }

    @Test
    void rowsThatTheUserWouldNotSeeAreToldOf() throws SQLException {
        database.run(
                "CREATE TABLE items (id int PRIMARY KEY)",
                "ALTER TABLE items ENABLE ROW LEVEL SECURITY",
                "ALTER TABLE items FORCE ROW LEVEL SECURITY",
                "ALTER TABLE items OWNER TO " + database.user(),
                "GRANT CREATE ON DATABASE " + database.name() + " TO " + database.user());

        Inspection inspection = database.inspect(database.as(database.user()), new TableId("public", "items"));

        assertThat(((Inspection.Refused) inspection).findings())
                .extracting(f -> f.reason())
                .containsExactly(Reason.RowSecurityActive);
    }

    @Test
    void oneLookTellsEverythingThatIsWrong() throws SQLException {
        database.run("CREATE TABLE items (id int NOT NULL, _version int)");

        Inspection inspection =
                database.inspect(database.admin(), new TableId("public", "items"), new TableId("public", "wishes"));

        assertThat(((Inspection.Refused) inspection).findings())
                .extracting(f -> f.reason())
                .containsExactly(Reason.ReservedColumnName, Reason.NoPrimaryKey, Reason.TableNotFound);
    }

    @Test
    void columnsAndKeyComeInTheirOrder() throws SQLException {
        database.run(
                "CREATE TABLE items (b text, gone int, a int, c numeric(9, 3) NOT NULL, PRIMARY KEY (a, b))",
                "ALTER TABLE items DROP gone");

        Inspection inspection = database.inspect(database.admin(), new TableId("public", "items"));

        var table = ((Inspection.Found) inspection).catalog().tables().get(0);
        assertThat(table.key()).containsExactly("a", "b");
        assertThat(table.columns()).extracting(c -> c.name()).containsExactly("b", "a", "c");
        assertThat(table.columns()).extracting(c -> c.typeName()).containsExactly("text", "integer", "numeric(9,3)");
    }

    @Test
    void whatTheDatabaseComputesIsLeftOut() throws SQLException {
        database.run("CREATE TABLE items (id int PRIMARY KEY, twice int GENERATED ALWAYS AS (id * 2) STORED,"
                + " thrice int GENERATED ALWAYS AS (id * 3) VIRTUAL, serial int GENERATED ALWAYS AS IDENTITY)");

        Inspection inspection = database.inspect(database.admin(), new TableId("public", "items"));

        var found = (Inspection.Found) inspection;
        var table = found.catalog().tables().get(0);
        assertThat(table.columns()).extracting(c -> c.name()).containsExactly("id", "serial");
        assertThat(table.generated()).containsExactly("twice", "thrice");
        assertThat(found.notes()).anySatisfy(note -> assertThat(note).contains("public.items", "twice, thrice"));
    }

    /** A type of a user may have the name of one of the server's own, and a domain may be made of a domain. */
    @Test
    void aDomainIsWhatItIsMadeOf() throws SQLException {
        database.run(
                "CREATE DOMAIN \"date\" AS numeric(8, 2)",
                "CREATE DOMAIN \"_text\" AS public.\"date\"",
                "CREATE TABLE items (id int PRIMARY KEY, d public.\"_text\")");

        Inspection inspection = database.inspect(database.admin(), new TableId("public", "items"));

        var table = ((Inspection.Found) inspection).catalog().tables().get(0);
        assertThat(table.columns().get(1).mapping()).isEqualTo(new ColumnMapping.Carried(new ColumnType.Decimal(8, 2)));
    }

    @Test
    void whatAKeyMerelyIncludesIsNoPartOfIt() throws SQLException {
        database.run("CREATE TABLE items (id int, note text, PRIMARY KEY (id) INCLUDE (note))");

        Inspection inspection = database.inspect(database.admin(), new TableId("public", "items"));

        assertThat(((Inspection.Found) inspection).catalog().tables().get(0).key())
                .containsExactly("id");
    }

    @Test
    void aPartitionedTableIsOneTable() throws SQLException {
        database.run(
                "CREATE TABLE items (id int PRIMARY KEY) PARTITION BY RANGE (id)",
                "CREATE TABLE part PARTITION OF items DEFAULT");
        TableId items = new TableId("public", "items");
        TableId part = new TableId("public", "part");

        Inspection both = database.inspect(database.admin(), items, part);

        assertThat(((Inspection.Refused) both).findings())
                .singleElement()
                .satisfies(f -> assertThat(f.reason()).isEqualTo(Reason.TableNotSupported))
                .satisfies(f -> assertThat(f.message()).startsWith("public.part is a partition of public.items"));
        assertThat(database.inspect(database.admin(), items)).isInstanceOf(Inspection.Found.class);
        assertThat(database.inspect(database.admin(), part)).isInstanceOf(Inspection.Found.class);
    }

    @Test
    void aTableThatDebeziumWouldTakeForAnotherIsRefused() throws SQLException {
        database.run(
                "CREATE SCHEMA \"a.b\"; CREATE TABLE \"a.b\".c (id int PRIMARY KEY)",
                "CREATE SCHEMA a; CREATE TABLE a.\"b.c\" (id int PRIMARY KEY)");

        Inspection inspection = database.inspect(database.admin(), new TableId("a", "b.c"));

        assertThat(((Inspection.Refused) inspection).findings())
                .extracting(f -> f.reason())
                .containsExactly(Reason.TableNotSupported);
    }

    @Test
    void aServerWithoutEncryptionIsNamed() {
        ConnectionSettings settings = new ConnectionSettings(
                "127.0.0.1",
                database.server().getPort(),
                database.name(),
                "postgres",
                new Secret("x"),
                TlsMode.REQUIRE,
                null);

        Inspection inspection = database.inspect(settings, new TableId("public", "items"));

        assertThat(((Inspection.Refused) inspection).findings())
                .extracting(f -> f.reason())
                .containsExactly(Reason.TlsNotOffered);
    }
}
