package dev.tributary.operator.plan;

import dev.tributary.operator.claim.Identity;
import java.util.Map;

/** How Flink's processes log: log4j2's configuration, with the tenant and the pipeline for every line. */
final class JobLog {

    /** The name under which Flink's images look for it. */
    private static final String FILE = "log4j-console.properties";

    private static final String LAYOUT = """
            # One JSON object a line. tenant and pipeline are the deployment's; table is set by the job while it writes one.
            rootLogger.level = INFO
            rootLogger.appenderRef.console.ref = ConsoleAppender
            appender.console.name = ConsoleAppender
            appender.console.type = CONSOLE
            appender.console.layout.type = PatternLayout
            appender.console.layout.pattern = {"time":"%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX}{UTC}","level":"%p","tenant":"${tenant}","pipeline":"${pipeline}","table":"%enc{%X{table}}{JSON}","job":"%X{flink-job-id}","logger":"%enc{%c}{JSON}","thread":"%enc{%t}{JSON}","message":"%enc{%m}{JSON}","error":"%enc{%ex}{JSON}"}%n
            # Else it warns of every connection that a client closes.
            logger.netty.name = org.jboss.netty.channel.DefaultChannelPipeline
            logger.netty.level = OFF
            """;

    private JobLog() {}

    static Map<String, String> configuration(Identity identity) {
        return Map.of(
                FILE,
                "property.tenant = " + identity.tenant() + "\nproperty.pipeline = " + identity.name() + "\n" + LAYOUT);
    }
}
