package dev.tributary.operator.source.postgres;

import dev.tributary.operator.source.CaptureConnector;
import dev.tributary.operator.source.CaptureRequest;
import dev.tributary.operator.source.ConnectorChoice;
import dev.tributary.operator.source.TableId;
import dev.tributary.operator.source.TlsMode;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Debezium's PostgreSQL connector. What loses or bends values by default is set, not trusted. */
public final class PostgresConnector implements CaptureConnector {

    private static final String DEBEZIUM = "io.debezium.connector.postgresql.PostgresConnector";

    /** Debezium's, with what a restart would lose sent again: {@code connect-plugin}. */
    private static final String GUARDED = "dev.tributary.connect.GuardedPostgresConnector";

    /** In the same jar. */
    private static final String TEXT_CONVERTER = "dev.tributary.connect.PostgresText";

    private static final String JSON = "org.apache.kafka.connect.json.JsonConverter";

    private static final String ALLOWED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";

    /** Prefix of our heartbeat's logical message; excluded, so that no record is made of it. */
    private static final String HEARTBEAT = "tributary";

    /** The guard's, and no other: it stops where Debezium's own would lose rows or keep ghosts, whatever the version. */
    @Override
    public ConnectorChoice choose(Map<String, String> plugins) {
        if (plugins.containsKey(GUARDED)) {
            return new ConnectorChoice.Use(GUARDED);
        }
        String version = plugins.get(DEBEZIUM);
        return version == null
                ? new ConnectorChoice.Missing("has no plugin " + DEBEZIUM
                        + ": add Debezium's PostgreSQL connector 3.6 and Tributary's restart guard to its image")
                : new ConnectorChoice.LosesRows("has Debezium " + version
                        + " without Tributary's restart guard, and loses rows when it restarts: add"
                        + " tributary-connect-plugin.jar to the connector's folder in its image");
    }

    @Override
    public String topic(String topicPrefix, TableId table) {
        // Debezium's naming strategy: each UTF-16 unit that Kafka does not allow becomes an underscore.
        return (topicPrefix + "." + table.schema() + "." + table.name())
                .chars()
                .mapToObj(c -> ALLOWED.indexOf(c) >= 0 ? Character.toString(c) : "_")
                .collect(Collectors.joining());
    }

    @Override
    public String heartbeatTopic(String topicPrefix) {
        return "__debezium-heartbeat." + topicPrefix;
    }

    @Override
    public Map<String, String> configuration(CaptureRequest request) {
        Map<String, String> config = new TreeMap<>();
        source(config, request);
        capture(config, request);
        values(config, request);
        throughput(config, request.pace());
        config.put("producer.override.max.request.size", Integer.toString(request.maxRecordBytes()));
        return config;
    }

    private static void source(Map<String, String> config, CaptureRequest request) {
        config.put("database.hostname", request.host());
        config.put("database.port", Integer.toString(request.port()));
        config.put("database.dbname", request.database());
        config.put("database.user", request.secret().to("username"));
        config.put("database.password", request.secret().to("password"));
        config.put(
                "database.sslmode",
                switch (request.tlsMode()) {
                    case DISABLE -> "disable";
                    case REQUIRE -> "require";
                    case VERIFY_FULL -> "verify-full";
                });
        if (request.tlsMode() == TlsMode.VERIFY_FULL) {
            // The workers have no file of ours: the driver takes the authority as text.
            config.put("driver.sslfactory", "org.postgresql.ssl.SingleCertValidatingFactory");
            config.put("driver.sslfactoryarg", request.secret().to("ca.crt"));
        }
        config.put("database.tcpKeepAlive", "true");
    }

    private static void capture(Map<String, String> config, CaptureRequest request) {
        config.put("topic.prefix", request.topicPrefix());
        config.put("plugin.name", "pgoutput");
        config.put("slot.name", request.names().slot());
        config.put("slot.drop.on.stop", "false");
        // From PostgreSQL 17 on a standby can take the slot over; Debezium leaves it out on older servers.
        config.put("slot.failover", "true");
        config.put("publication.name", request.names().publication());
        // The operator makes it, for exactly the listed tables, before the slot.
        config.put("publication.autocreate.mode", "disabled");
        config.put("publish.via.partition.root", "true");
        config.put(
                "table.include.list",
                request.tables().stream().map(PostgresConnector::pattern).collect(Collectors.joining(",")));
        if (!request.leftOut().isEmpty()) {
            // The snapshot would have them, and the log has not.
            config.put(
                    "column.exclude.list",
                    request.leftOut().stream()
                            .map(out -> pattern(out.table()) + "\\." + escape(out.column()))
                            .collect(Collectors.joining(",")));
        }
        if (!request.keys().isEmpty()) {
            // Else it is the primary key's columns, or those of a unique index that Debezium chooses.
            config.put(
                    "message.key.columns",
                    request.keys().stream().map(PostgresConnector::messageKey).collect(Collectors.joining(";")));
        }
        config.put("snapshot.mode", "initial");
        // A slot that was lost or made anew must stop the connector, not open a silent gap.
        config.put("offset.mismatch.strategy", "trust_offset");
        config.put("heartbeat.interval.ms", "10000");
        // Without changes in the listed tables the slot would hold back the log of the whole server.
        config.put("heartbeat.action.query", "SELECT pg_logical_emit_message(true, '" + HEARTBEAT + "', '')");
        config.put("message.prefix.exclude.list", HEARTBEAT);
        config.put("provide.transaction.metadata", "false");
    }

    private static void values(Map<String, String> config, CaptureRequest request) {
        config.put("key.converter", JSON);
        config.put("key.converter.schemas.enable", "false");
        config.put("value.converter", JSON);
        config.put("value.converter.schemas.enable", "false");
        // True would write a column's default where the row has NULL.
        config.put("value.converter.replace.null.with.default", "false");
        config.put("key.converter.replace.null.with.default", "false");
        // The default only warns, and writes NULL where it cannot convert.
        config.put("event.converting.failure.handling.mode", "fail");
        config.put("decimal.handling.mode", "string");
        config.put("time.precision.mode", "microseconds");
        config.put("skipped.operations", "none");
        config.put("tombstones.on.delete", "false");
        config.put("interval.handling.mode", "string");
        config.put("unavailable.value.placeholder", request.unavailablePlaceholder());
        text(config, request);
        config.put("transforms", "tenant,epoch");
        config.put("transforms.tenant.type", "org.apache.kafka.connect.transforms.InsertHeader");
        config.put("transforms.tenant.header", "__tenant");
        config.put("transforms.tenant.value.literal", request.tenant());
        config.put("transforms.epoch.type", "org.apache.kafka.connect.transforms.InsertHeader");
        config.put("transforms.epoch.header", "__epoch");
        config.put("transforms.epoch.value.literal", Integer.toString(request.epoch()));
        config.put("header.converter", "org.apache.kafka.connect.storage.SimpleHeaderConverter");
    }

    /** What Debezium does not know it would leave out, and what it bends is better kept as PostgreSQL's text. */
    private static void text(Map<String, String> config, CaptureRequest request) {
        config.put("include.unknown.datatypes", "true");
        config.put("converters", "text");
        config.put("text.type", TEXT_CONVERTER);
        config.put("text.native.oids", PostgresTypes.nativeOids());
        config.put("text.array.oids", PostgresTypes.arrayOids());
        config.put("text.unavailable.value.placeholder", request.unavailablePlaceholder());
    }

    /** Debezium waits half a second between polls by default, which is most of the latency; and queues are bounded in bytes. */
    private static void throughput(Map<String, String> config, CaptureRequest.Pace pace) {
        config.put("poll.interval.ms", Long.toString(pace.poll().toMillis()));
        config.put("max.batch.size", "8192");
        config.put("max.queue.size", "32768");
        config.put("max.queue.size.in.bytes", "67108864");
        config.put("snapshot.fetch.size", "10240");
        config.put("producer.override.compression.type", "lz4");
        config.put("producer.override.batch.size", "262144");
        config.put("producer.override.linger.ms", Long.toString(pace.linger().toMillis()));
    }

    /**
     * Matches one table and nothing else. Debezium splits the list at commas and takes the parts for regular expressions, and
     * Connect expands {@code ${provider:...}} in any value: every character that could mean something to either is written
     * as its code. Debezium compares without regard to case, which PostgreSQL does not.
     */
    static String pattern(TableId table) {
        return "(?-i)" + escape(table.schema()) + "\\." + escape(table.name());
    }

    /** One key in {@code message.key.columns}, which Debezium splits at semicolons, colons and commas. */
    static String messageKey(CaptureRequest.MessageKey key) {
        return pattern(key.table()) + ":"
                + key.columns().stream().map(PostgresConnector::escape).collect(Collectors.joining(","));
    }

    /** What Debezium makes of one column in {@code message.key.columns}, to find it by schema, table and name. */
    static String keyPattern(TableId table, String column) {
        return pattern(table) + "." + escape(column);
    }

    private static String escape(String name) {
        return name.codePoints()
                .mapToObj(c -> (c < 128 && Character.isLetterOrDigit(c)) || c == '_'
                        ? Character.toString(c)
                        : String.format("\\x{%x}", c))
                .collect(Collectors.joining());
    }
}
