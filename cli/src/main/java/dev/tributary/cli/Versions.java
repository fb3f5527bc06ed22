package dev.tributary.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/**
 * What this file was built with.
 *
 * @param tributary the version of Tributary
 * @param debezium the version of Debezium that the restart guard was built for
 */
public record Versions(String tributary, String debezium) implements IVersionProvider {

    public Versions() {
        this(properties());
    }

    private Versions(Properties properties) {
        this(properties.getProperty("tributary"), properties.getProperty("debezium"));
    }

    @Override
    public String[] getVersion() {
        return new String[] {"kubectl tributary " + tributary};
    }

    private static Properties properties() {
        Properties properties = new Properties();
        try (InputStream in = Versions.class.getResourceAsStream("versions.properties")) {
            properties.load(in);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
