package dev.tributary.box.postgresql;

import dev.tributary.box.layout.BoxLayout;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * Connects to the box's PostgreSQL.
 *
 * @param user who connects
 * @param password theirs
 */
public record PostgresAccess(BoxLayout layout, String user, String password) {

    private static final String TIMEOUT_SECONDS = "5";

    /** A connection to be closed; it gives up connecting after a few seconds. */
    public Connection connect(String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", TIMEOUT_SECONDS);
        properties.setProperty("loginTimeout", TIMEOUT_SECONDS);
        String url = "jdbc:postgresql://%s:%d/%s".formatted(layout.address(), BoxLayout.POSTGRES_PORT, database);
        Connection connection = new Driver().connect(url, properties);
        if (connection == null) {
            throw new SQLException("not a URL of PostgreSQL: " + url);
        }
        return connection;
    }

    /** In libpq's form, with the password: for {@code env}. */
    public String url(String database) {
        return "postgresql://%s:%s@%s:%d/%s"
                .formatted(user, password, layout.address(), BoxLayout.POSTGRES_PORT, database);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return user + "@" + layout.address();
    }
}
