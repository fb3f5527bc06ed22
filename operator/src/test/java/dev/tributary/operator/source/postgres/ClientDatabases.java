package dev.tributary.operator.source.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test a database of its own, on one real PostgreSQL that all classes of a run share. */
final class ClientDatabases implements ParameterResolver {

    private static final Namespace HERE = Namespace.create(ClientDatabases.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ClientDatabase.class;
    }

    @Override
    public ClientDatabase resolveParameter(ParameterContext parameter, ExtensionContext context) {
        try {
            return ClientDatabase.create(server(context));
        } catch (SQLException e) {
            throw new ParameterResolutionException("no database for the test: " + e.getMessage(), e);
        }
    }

    /** It is closed with the run's store. */
    private static EmbeddedPostgres server(ExtensionContext context) {
        return context.getRoot()
                .getStore(HERE)
                .computeIfAbsent(EmbeddedPostgres.class, key -> start(), EmbeddedPostgres.class);
    }

    /** With room for the slots that tests leave behind. */
    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder()
                    .setPGStartupWait(Duration.ofMinutes(2))
                    .setServerConfig("wal_level", "logical")
                    .setServerConfig("max_replication_slots", "100")
                    .start();
        } catch (IOException e) {
            throw new ParameterResolutionException("PostgreSQL does not start: " + e.getMessage(), e);
        }
    }
}
