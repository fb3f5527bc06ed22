package dev.tributary.operator.clickhouse;

import dev.tributary.jobspec.JobTable;
import dev.tributary.operator.clickhouse.QuarantineOutcome.Group;
import dev.tributary.operator.clickhouse.QuarantineOutcome.Holds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The job's own tables through clickhouse-jdbc. */
final class JdbcJobTables implements JobTables {

    private final JdbcServer server;
    private final DatabasePlan database;

    JdbcJobTables(JdbcServer server, DatabasePlan database) {
        this.server = server;
        this.database = database;
    }

    /** In one connection, since making one takes longer than to ask. */
    @Override
    public QuarantineOutcome ensure(String pipeline) {
        try (Connection connection = server.connect()) {
            if (JdbcClickHouse.ensureDatabase(connection, database) instanceof Refusal refusal) {
                return refusal;
            }
            Map<JobTable, Map<String, String>> existing = existing(connection);
            for (JobTable table : JobTable.values()) {
                Map<String, String> columns = existing.get(table);
                if (columns == null) {
                    JdbcServer.execute(connection, JobTableDdl.create(database, table));
                } else if (!columns.equals(table.columns())) {
                    return new Refusal.Failed("ClickHouse table " + database.name() + "." + table.tableName()
                            + " has the columns " + columns + ", and this operator makes " + table.columns()
                            + ": rename the table, and it is made anew");
                }
            }
            return quarantined(connection, pipeline);
        } catch (SQLException e) {
            return refused(e);
        }
    }

    private Holds quarantined(Connection connection, String pipeline) throws SQLException {
        try (PreparedStatement query =
                        JdbcServer.prepare(connection, JobTableDdl.selectQuarantined(database), pipeline);
                ResultSet rows = query.executeQuery()) {
            List<Group> groups = new ArrayList<>();
            while (rows.next()) {
                groups.add(new Group(rows.getString(1), rows.getString(2), rows.getString(3)));
            }
            return new Holds(groups);
        }
    }

    private Map<JobTable, Map<String, String>> existing(Connection connection) throws SQLException {
        Map<JobTable, Map<String, String>> existing = new EnumMap<>(JobTable.class);
        try (PreparedStatement query = JdbcServer.prepare(
                        connection,
                        "SELECT table, name, type FROM system.columns WHERE database = ? ORDER BY table, position",
                        database.name().value());
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                for (JobTable table : JobTable.values()) {
                    if (table.tableName().equals(rows.getString(1))) {
                        existing.computeIfAbsent(table, t -> new LinkedHashMap<>())
                                .put(rows.getString(2), rows.getString(3));
                    }
                }
            }
        }
        return existing;
    }

    @Override
    public Optional<Refusal> settleBefore(String pipeline, int epoch) {
        try (Connection connection = server.connect()) {
            JdbcServer.execute(connection, JobTableDdl.settleBefore(database, pipeline, epoch));
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(refused(e));
        }
    }

    @Override
    public Optional<Refusal> remove(String pipeline, boolean last) {
        try (Connection connection = server.connect()) {
            for (JobTable table : existing(connection).keySet()) {
                JdbcServer.execute(
                        connection,
                        last
                                ? TableDdl.dropTable(database, new Identifier(table.tableName()))
                                : JobTableDdl.dropPartition(database, table, pipeline));
            }
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(refused(e));
        }
    }

    private Refusal refused(SQLException e) {
        return server.failure(e).during("the job's own tables in " + database.name());
    }
}
