package dev.tributary.box.postgresql;

import dev.tributary.box.layout.Passwords;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The database {@code shop} of the sample client and its user {@code shop}, who owns it: what a database administrator of
 * a client prepares before anything is captured.
 *
 * @param connection as superuser
 */
record SampleDatabase(Connection connection, Passwords passwords) {

    static final String NAME = "shop";

    /** Makes what is not there yet. */
    void ensure() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!exists("SELECT FROM pg_roles WHERE rolname = 'shop'")) {
                // A statement of this kind takes no parameters; the driver quotes.
                statement.execute(
                        "CREATE ROLE shop LOGIN REPLICATION PASSWORD " + statement.enquoteLiteral(passwords.shop()));
            }
            if (!exists("SELECT FROM pg_database WHERE datname = 'shop'")) {
                statement.execute("CREATE DATABASE shop OWNER shop");
            }
        }
    }

    private boolean exists(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }
}
