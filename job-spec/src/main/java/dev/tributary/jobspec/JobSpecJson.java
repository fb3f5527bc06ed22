package dev.tributary.jobspec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The JSON form of a {@link JobSpec}: the same spec is always the same text. */
public final class JobSpecJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .serializationInclusion(JsonInclude.Include.ALWAYS)
            .build();

    private JobSpecJson() {}

    /** Writes a spec as JSON text. */
    public static String write(JobSpec spec) {
        try {
            return MAPPER.writeValueAsString(spec);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JobSpec that cannot be written as JSON", e);
        }
    }

    /**
     * Reads a spec.
     *
     * @throws IllegalArgumentException when the text is no JobSpec, or one of a newer layout; the message says what is
     *     wrong and where
     */
    public static JobSpec read(String json) {
        try {
            return MAPPER.treeToValue(tree(json), JobSpec.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a JobSpec: " + e.getOriginalMessage(), e);
        }
    }

    /** A document of a layout that this library reads, in the newest one. */
    static JsonNode tree(String json) {
        JsonNode tree;
        try {
            tree = MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a JobSpec: " + e.getOriginalMessage() + " (" + where(e) + ")", e);
        }
        JsonNode version = tree.path("formatVersion");
        if (!version.isInt() || version.intValue() < 1) {
            throw new IllegalArgumentException("not a JobSpec: it has no formatVersion of 1 or more");
        }
        if (version.intValue() > JobSpec.FORMAT_VERSION) {
            throw new IllegalArgumentException("this job reads JobSpec formats up to " + JobSpec.FORMAT_VERSION
                    + ", the document has " + version + ": run the job image that belongs to the operator");
        }
        upgrade((ObjectNode) tree, version.intValue());
        return tree;
    }

    /** Adds what older layouts did not have, with what then was always so. */
    private static void upgrade(ObjectNode document, int version) {
        if (version < 2) {
            document.put("flushMillis", 500);
            document.findParents("nullable").forEach(column -> ((ObjectNode) column).put("outOfRange", "STOP"));
        }
        if (version < 3) {
            document.putObject("policies").put("onTruncate", "STOP").put("onBadRecord", "STOP");
            if (document.path("clickhouse") instanceof ObjectNode clickHouse) {
                clickHouse.put(
                        "jobDatabase",
                        "_tributary_" + clickHouse.path("database").asText());
            }
        }
        if (version < 4) {
            // Late changes were not counted, which no row shows: what an operator writes that is told nothing.
            document.put("lateAfterSeconds", 3600);
        }
        // Before 5 a key was never empty.
        document.put("formatVersion", JobSpec.FORMAT_VERSION);
    }

    private static String where(JsonProcessingException e) {
        JsonLocation location = e.getLocation();
        return location == null ? "somewhere" : "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    /** The first 12 hex digits of the SHA-256 of the text: part of the name of the ConfigMap that holds it. */
    public static String hash(String json) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
