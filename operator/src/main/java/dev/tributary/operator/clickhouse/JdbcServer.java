package dev.tributary.operator.clickhouse;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

/** A ClickHouse server through clickhouse-jdbc, as one user. A connection for each call: it is HTTP, there is nothing to keep open. */
record JdbcServer(String url, String user, String password) {

    private static final Duration ANSWER = Duration.ofSeconds(30);

    Connection connect() throws SQLException {
        return connect(ANSWER);
    }

    /** @param answer how long an answer is waited for */
    Connection connect(Duration answer) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connection_timeout", "5000");
        properties.setProperty("socket_timeout", Long.toString(answer.toMillis()));
        // Retries are the reconciler's business.
        properties.setProperty("retry", "0");
        return DriverManager.getConnection("jdbc:clickhouse:" + url, properties);
    }

    ClickHouseFailure failure(SQLException e) {
        return ClickHouseFailure.of(url, e);
    }

    static PreparedStatement prepare(Connection connection, String sql, String... parameters) throws SQLException {
        PreparedStatement query = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            query.setString(i + 1, parameters[i]);
        }
        return query;
    }

    /** The first column of the first row. */
    static Optional<String> first(Connection connection, String sql, String... parameters) throws SQLException {
        try (PreparedStatement query = prepare(connection, sql, parameters);
                ResultSet rows = query.executeQuery()) {
            return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
        }
    }

    static void execute(Connection connection, String ddl) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(ddl);
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "JdbcServer[" + url + ", " + user + "]";
    }
}
