package dev.tributary.scenarios;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * A login to one database, of the box's PostgreSQL or of another.
 *
 * @param address host
 * @param port of the server
 * @param database the database
 * @param user the user
 * @param password its password
 */
public record Postgres(String address, int port, String database, String user, String password) {

    /** A login to the box's. */
    public Postgres(String address, String database, String user, String password) {
        this(address, 5432, database, user, password);
    }

    public Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.put("user", user);
        properties.put("password", password);
        properties.put("connectTimeout", "10");
        properties.put("socketTimeout", "120");
        return DriverManager.getConnection("jdbc:postgresql://" + address + ":" + port + "/" + database, properties);
    }

    /** Runs statements one by one, each in a transaction of its own. */
    public void run(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new AssertionError("PostgreSQL: " + e.getMessage(), e);
        }
    }

    /** The first column of the first row, as text. */
    public String value(String query) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new AssertionError("PostgreSQL: " + e.getMessage(), e);
        }
    }

    public Postgres in(String otherDatabase) {
        return new Postgres(address, port, otherDatabase, user, password);
    }
}
