package dev.tributary.box.prometheus;

import dev.tributary.box.layout.BoxLayout;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Prometheus' JMX exporter as an agent of a JVM, with the configuration of {@code samples/platform}: what Strimzi's
 * {@code metricsConfig} makes of it.
 *
 * @param configuration which key of that ConfigMap
 * @param port where it listens, on the box's address
 */
public record JmxExporter(BoxLayout layout, String configuration, int port) {

    private static final String CONFIG_MAP = "metrics-config.yaml";

    /** The JVM's option. Writes the configuration. */
    public String option() throws IOException {
        Path sample = layout.checkout().sample("platform").resolve(CONFIG_MAP);
        ConfigMap shipped = Serialization.unmarshal(Files.readString(sample), ConfigMap.class);
        String content = Objects.requireNonNull(
                shipped.getData().get(configuration), () -> sample + " has no key " + configuration);
        Path file = Files.writeString(layout.data("jmx-exporter").resolve(configuration), content);
        Path jar = layout.checkout().engineClasspath("jmx-exporter").getFirst();
        return "-javaagent:" + jar + "=" + layout.address() + ":" + port + ":" + file;
    }
}
