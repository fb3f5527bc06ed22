package dev.tributary.operator.clickhouse;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** ClickHouse through clickhouse-jdbc. A connection for each call: it is HTTP, there is nothing to keep open. */
final class JdbcClickHouse implements ClickHouse {

    /** It reads the whole table once. */
    private static final Duration SWEEP = Duration.ofMinutes(30);

    private static final Duration PING = Duration.ofSeconds(5);

    private final JdbcServer server;

    JdbcClickHouse(JdbcServer server) {
        this.server = server;
    }

    @Override
    public Optional<Refusal> ping() {
        try (Connection connection = server.connect(PING)) {
            JdbcServer.first(connection, "SELECT '1'");
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(server.failure(e).during("a query"));
        }
    }

    @Override
    public DatabaseOutcome ensureDatabase(DatabasePlan plan) {
        try (Connection connection = server.connect()) {
            return ensureDatabase(connection, plan);
        } catch (SQLException e) {
            return server.failure(e).during("database " + plan.name());
        }
    }

    static DatabaseOutcome ensureDatabase(Connection connection, DatabasePlan plan) throws SQLException {
        Optional<String> comment = databaseComment(connection, plan);
        if (comment.isEmpty()) {
            JdbcServer.execute(connection, TableDdl.createDatabase(plan));
            comment = databaseComment(connection, plan);
            // Another pass may have made it meanwhile: what counts is whose it is now.
            return comment.filter(plan.mark()::equals).isPresent()
                    ? new DatabaseOutcome.Created()
                    : databaseNotOwned(plan);
        }
        return comment.get().equals(plan.mark()) ? new DatabaseOutcome.Present() : databaseNotOwned(plan);
    }

    private static Refusal databaseNotOwned(DatabasePlan plan) {
        return new Refusal.NotOwned("ClickHouse database " + plan.name()
                + " exists and was not made for this tenant and namespace: rename it, or choose another tenant");
    }

    /**
     * In one connection, since making one takes longer than to ask; and asks for all at once, again only after it made some: there
     * may be hundreds.
     */
    @Override
    public List<TableOutcome> ensureTables(
            DatabasePlan database, List<TablePlan> tables, Predicate<TablePlan> mayBeMade) {
        try (Connection connection = server.connect()) {
            Map<String, ExistingTable> existing = existing(connection, database);
            List<TablePlan> missing = tables.stream()
                    .filter(plan -> !existing.containsKey(plan.name().value()) && mayBeMade.test(plan))
                    .toList();
            for (TablePlan plan : missing) {
                Optional<Refusal> refusal = make(connection, plan);
                if (refusal.isPresent()) {
                    return List.of(refusal.get());
                }
            }
            // Another pass may have made one meanwhile, and not as planned.
            Map<String, ExistingTable> now = missing.isEmpty() ? existing : existing(connection, database);
            return tables.stream()
                    .map(plan -> outcome(plan, now.get(plan.name().value()), mayBeMade))
                    .toList();
        } catch (SQLException e) {
            return List.of(server.failure(e).during("the tables of " + database.name()));
        }
    }

    private Optional<Refusal> make(Connection connection, TablePlan plan) {
        try {
            JdbcServer.execute(connection, TableDdl.createTable(plan));
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(server.failure(e).making(plan));
        }
    }

    private static TableOutcome outcome(TablePlan plan, @Nullable ExistingTable found, Predicate<TablePlan> mayBeMade) {
        if (found != null) {
            return found.compareTo(plan);
        }
        return mayBeMade.test(plan)
                ? new Refusal.Failed("ClickHouse table " + plan.database() + "." + plan.name()
                        + " was made just now and is not there: it is made again by itself")
                : new TableOutcome.Absent(plan);
    }

    @Override
    public SweepOutcome removeOlder(TablePlan plan, int epoch) {
        try (Connection connection = server.connect(SWEEP)) {
            JdbcServer.execute(connection, TableDdl.insertTombstones(plan, epoch));
            return new SweepOutcome.Swept();
        } catch (SQLException e) {
            return server.failure(e).during("table " + plan.database() + "." + plan.name());
        }
    }

    @Override
    public DropOutcome dropTable(DatabasePlan database, Identifier table, String owner) {
        try (Connection connection = server.connect()) {
            Optional<String> comment = JdbcServer.first(
                    connection,
                    "SELECT comment FROM system.tables WHERE database = ? AND name = ?",
                    database.name().value(),
                    table.value());
            if (comment.isEmpty()) {
                return new DropOutcome.Gone();
            }
            if (!comment.get().startsWith(TablePlan.markOf(owner))) {
                return new DropOutcome.Kept();
            }
            JdbcServer.execute(connection, TableDdl.dropTable(database, table));
            return new DropOutcome.Gone();
        } catch (SQLException e) {
            return server.failure(e).during("table " + database.name() + "." + table);
        }
    }

    @Override
    public DropOutcome dropDatabase(DatabasePlan database) {
        try (Connection connection = server.connect()) {
            Optional<String> comment = databaseComment(connection, database);
            if (comment.isEmpty()) {
                return new DropOutcome.Gone();
            }
            boolean empty = JdbcServer.first(
                            connection,
                            "SELECT name FROM system.tables WHERE database = ? LIMIT 1",
                            database.name().value())
                    .isEmpty();
            if (!empty || !comment.get().equals(database.mark())) {
                return new DropOutcome.Kept();
            }
            JdbcServer.execute(connection, TableDdl.dropDatabase(database));
            return new DropOutcome.Gone();
        } catch (SQLException e) {
            return server.failure(e).during("database " + database.name());
        }
    }

    private static Optional<String> databaseComment(Connection connection, DatabasePlan plan) throws SQLException {
        return JdbcServer.first(
                connection,
                "SELECT comment FROM system.databases WHERE name = ?",
                plan.name().value());
    }

    /** All tables of a database by name, whoever made them. */
    private static Map<String, ExistingTable> existing(Connection connection, DatabasePlan database)
            throws SQLException {
        String name = database.name().value();
        Map<String, Map<String, ExistingTable.Column>> columns = new HashMap<>();
        try (PreparedStatement query = JdbcServer.prepare(
                        connection,
                        "SELECT table, name, type, compression_codec FROM system.columns WHERE database = ?"
                                + " ORDER BY table, position",
                        name);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                columns.computeIfAbsent(rows.getString(1), table -> new LinkedHashMap<>())
                        .put(rows.getString(2), new ExistingTable.Column(rows.getString(3), rows.getString(4)));
            }
        }
        Map<String, ExistingTable> existing = new HashMap<>();
        try (PreparedStatement query = JdbcServer.prepare(
                        connection, "SELECT name, comment, sorting_key FROM system.tables WHERE database = ?", name);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                String table = rows.getString(1);
                existing.put(
                        table,
                        new ExistingTable(rows.getString(2), rows.getString(3), columns.getOrDefault(table, Map.of())));
            }
        }
        return existing;
    }

    @Override
    public JobTables jobTables(DatabasePlan database) {
        return new JdbcJobTables(server, database);
    }
}
