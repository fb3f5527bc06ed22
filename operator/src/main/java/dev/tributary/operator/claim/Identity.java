package dev.tributary.operator.claim;

import dev.tributary.api.v1alpha1.TenantPipeline;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Who a pipeline is, and every name derived from that. A pipeline is known by (tenant, name); the tenant belongs to one
 * namespace. Names that join the two end in a hash of both, so that {@code a-b}, {@code c} and {@code a}, {@code b-c}
 * never meet, and are cut to each engine's limit before the hash.
 *
 * @param tenant the tenant id
 * @param namespace the namespace of the pipeline
 * @param name the name of the pipeline
 */
public record Identity(String tenant, String namespace, String name) {

    /** Flink's operator allows 45 characters for a FlinkDeployment. */
    private static final int FLINK_NAME_LIMIT = 45;

    /** PostgreSQL allows 63 bytes for a slot. */
    private static final int SLOT_LIMIT = 63;

    private static final int RESOURCE_NAME_LIMIT = 253;

    /** The identity of a pipeline. */
    public static Identity of(TenantPipeline pipeline) {
        return new Identity(
                pipeline.getSpec().tenant(),
                pipeline.getMetadata().getNamespace(),
                pipeline.getMetadata().getName());
    }

    /** What every topic of this pipeline begins with; Debezium's {@code topic.prefix}. Followed by a dot. */
    public String topicPrefix() {
        return tenant + "." + name;
    }

    /** The consumer group of the job: it commits with each checkpoint what is in ClickHouse. */
    public String consumerGroup() {
        return topicPrefix();
    }

    /** The ClickHouse database of the tenant. */
    public String database() {
        return tenant.replace('-', '_');
    }

    /** The ClickHouse database of the job's own tables: no tenant begins with an underscore, so it is nobody's. */
    public String jobDatabase() {
        return "_tributary_" + database();
    }

    /** The name of the FlinkDeployment and the first part of all other children's names. */
    public String resourceName() {
        return cut(tenant + "-" + name, FLINK_NAME_LIMIT, "-");
    }

    /**
     * The KafkaConnector of an epoch of a claim. Connect keeps offsets by the connector's name, and may keep them for ever:
     * neither another epoch nor a new claim of the same pipeline finds them.
     */
    public String connectorName(ClaimedPipeline claimed) {
        return resourceName() + "-" + hash(claimed.salt()) + "-"
                + claimed.epoch().number();
    }

    /** The replication slot: lower-case letters, digits and underscores only. */
    public String slot() {
        return cut("tributary_" + (tenant + "_" + name).replaceAll("[^a-z0-9_]", "_"), SLOT_LIMIT, "_");
    }

    /** The publication: the same name as the slot. */
    public String publication() {
        return slot();
    }

    /** The name of the KafkaTopic resource for a topic of this pipeline. */
    public String topicResourceName(String topic) {
        String legible =
                topic.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-", "");
        String prefix = legible.substring(0, Math.min(legible.length(), RESOURCE_NAME_LIMIT - 9));
        return prefix + "-" + hash(topic);
    }

    /** The pipeline as a mark on what it made says it: no UID, so that a restored pipeline finds its own. */
    public String owner() {
        return namespace + "/" + name;
    }

    private String cut(String legible, int limit, String separator) {
        String hash = hash(tenant + "/" + name);
        return legible.substring(0, Math.min(legible.length(), limit - hash.length() - 1)) + separator + hash;
    }

    /** The first eight hex digits of the SHA-256. */
    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
