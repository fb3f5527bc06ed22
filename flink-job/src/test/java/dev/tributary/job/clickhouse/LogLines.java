package dev.tributary.job.clickhouse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Layout;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.config.properties.PropertiesConfigurationFactory;

/** What the job logs, by the log4j2 of Flink's image and with the configuration that the operator gives it. */
final class LogLines implements AutoCloseable {

    /** The operator's golden file, of pipeline shop of tenant acme. */
    private static final Path PLAN = Path.of("../operator/src/test/resources/plan/shop/out-plan.yaml");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
    private final Configuration before = context.getConfiguration();
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final List<Map<String, String>> fields = Collections.synchronizedList(new ArrayList<>());

    LogLines() throws IOException {
        Configuration configuration = new PropertiesConfigurationFactory()
                .getConfiguration(
                        context,
                        new ConfigurationSource(
                                new ByteArrayInputStream(planned().getBytes(StandardCharsets.UTF_8))));
        context.start(configuration);
        Layout<?> layout = configuration.getAppender("ConsoleAppender").getLayout();
        AbstractAppender kept = new AbstractAppender("kept", null, layout, false, Property.EMPTY_ARRAY) {
            @Override
            public void append(LogEvent event) {
                if (event.getLoggerName().startsWith("dev.tributary.")) {
                    lines.add(layout.toSerializable(event).toString());
                    fields.add(event.getContextData().toMap());
                }
            }
        };
        kept.start();
        configuration.getRootLogger().removeAppender("ConsoleAppender");
        configuration.getRootLogger().addAppender(kept, Level.ALL, null);
        context.updateLoggers();
    }

    private static String planned() throws IOException {
        List<String> plan = Files.readAllLines(PLAN);
        int at = plan.indexOf("    log4j-console.properties: |");
        return plan.stream()
                .skip(at + 1)
                .takeWhile(line -> line.startsWith("      "))
                .map(String::strip)
                .collect(Collectors.joining("\n"));
    }

    /** The lines of ours. */
    List<JsonNode> lines() throws IOException {
        List<JsonNode> read = new ArrayList<>();
        for (String line : List.copyOf(lines)) {
            read.add(JSON.readTree(line));
        }
        return read;
    }

    /** The MDC of each of these lines. */
    List<Map<String, String>> fields() {
        return List.copyOf(fields);
    }

    @Override
    public void close() {
        context.start(before);
    }
}
