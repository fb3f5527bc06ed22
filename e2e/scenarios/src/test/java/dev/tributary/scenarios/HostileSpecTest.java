package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.api.v1alpha1.TenantPipeline;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Each string field of a TenantPipeline against values that mean something to Connect, SQL, regular expressions or YAML: the
 * API server refuses it and names the field, or the field takes any text, and then HostileNamesTest carries it.
 */
@ExtendWith(BoxExtension.class)
class HostileSpecTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> ALWAYS_REFUSED =
            List.of("", "x".repeat(10_000), "new\nline", "nul\u0000", "\u001b[31m");

    private static final List<String> REFUSED_UNLESS_FREE_TEXT = List.of(
            "${secrets:ns/name:key}",
            "${file:/etc/passwd:x}",
            "it's",
            "\"quoted\"",
            "🚚",
            "back\\slash",
            "a,b",
            "a;b",
            "a b",
            "(.*)+$",
            "-x",
            "`x`");

    /** A reserved word is a name like any other where names are quoted. */
    private static final String WORD = "select";

    /** What a field takes of the values above. */
    private enum Takes {
        NOTHING,
        /** Not even a word. */
        NO_WORD,
        /** Names of the source and of ClickHouse: quoted wherever they go. */
        ANY_TEXT,
        /** The name of a database goes into a URL and into Connect's configuration. */
        WHAT_FITS_A_URL
    }

    /** By the path of the field. */
    private static final Map<String, Takes> FIELDS = new TreeMap<>(Map.ofEntries(
            Map.entry("tenant", Takes.NOTHING),
            Map.entry("classRef.name", Takes.NOTHING),
            Map.entry("processing.lateAfter", Takes.NO_WORD),
            Map.entry("source.postgresql.host", Takes.NOTHING),
            Map.entry("source.postgresql.database", Takes.WHAT_FITS_A_URL),
            Map.entry("source.postgresql.credentials.secretName", Takes.NOTHING),
            Map.entry("source.postgresql.tls.caSecretName", Takes.NOTHING),
            Map.entry("source.postgresql.publication.name", Takes.NOTHING),
            Map.entry("source.tables[].schema", Takes.ANY_TEXT),
            Map.entry("source.tables[].name", Takes.ANY_TEXT),
            Map.entry("source.tables[].target.table", Takes.ANY_TEXT),
            Map.entry("source.tables[].columns[].name", Takes.ANY_TEXT),
            Map.entry("source.tables[].key[]", Takes.ANY_TEXT),
            Map.entry("source.tables[].columns[].type", Takes.NO_WORD),
            Map.entry("source.tables[].columns[].codec", Takes.NO_WORD)));

    private static final String VALID = """
            {"apiVersion": "tributary.dev/v1alpha1", "kind": "TenantPipeline",
             "metadata": {"name": "hostile", "namespace": "default"},
             "spec": {
               "tenant": "acme",
               "classRef": {"name": "standard"},
               "processing": {"lateAfter": "1h"},
               "source": {
                 "postgresql": {
                   "host": "db", "database": "shop", "credentials": {"secretName": "shop-db"},
                   "tls": {"mode": "VerifyFull", "caSecretName": "ca"},
                   "publication": {"management": "Provided", "name": "tables"}},
                 "tables": [{"schema": "public", "name": "orders", "target": {"table": "orders"},
                             "columns": [{"name": "ends", "outOfRange": "Clamp", "type": "Nullable(Date32)", "codec": "Delta, ZSTD(3)"}],
                             "key": ["id"]}]}}}
            """;

    private final TestBox box;

    HostileSpecTest(TestBox box) {
        this.box = box;
    }

    @Test
    void everyStringFieldIsCovered() {
        JSONSchemaProps spec = box.kubernetes()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("tenantpipelines.tributary.dev")
                .get()
                .getSpec()
                .getVersions()
                .get(0)
                .getSchema()
                .getOpenAPIV3Schema()
                .getProperties()
                .get("spec");

        Set<String> free = new TreeSet<>();
        strings("", spec, free);

        assertThat(free).isEqualTo(FIELDS.keySet());
    }

    private static void strings(String path, JSONSchemaProps schema, Set<String> found) {
        if ("string".equals(schema.getType())
                && (schema.getEnum() == null || schema.getEnum().isEmpty())) {
            found.add(path);
        }
        if (schema.getItems() != null) {
            strings(path + "[]", schema.getItems().getSchema(), found);
        }
        if (schema.getProperties() != null) {
            schema.getProperties().forEach((n, p) -> strings(path.isEmpty() ? n : path + "." + n, p, found));
        }
    }

    @Test
    void whatAFieldCannotCarryIsRefusedByItsName() {
        List<String> wrong = new ArrayList<>();
        FIELDS.forEach((field, takes) -> {
            ALWAYS_REFUSED.forEach(v -> check(field, v, false, wrong));
            REFUSED_UNLESS_FREE_TEXT.forEach(v -> check(field, v, carried(takes, v), wrong));
            check(field, WORD, takes != Takes.NO_WORD, wrong);
        });

        assertThat(wrong).isEmpty();
    }

    private static boolean carried(Takes takes, String value) {
        return switch (takes) {
            case NOTHING, NO_WORD -> false;
            case ANY_TEXT -> true;
            case WHAT_FITS_A_URL -> !value.matches("(?s).*[$?&%+/].*");
        };
    }

    private void check(String field, String value, boolean accepted, List<String> wrong) {
        String shown = field + " = " + value.substring(0, Math.min(30, value.length()));
        try {
            box.kubernetes().resource(pipeline(field, value)).dryRun().create();
            if (!accepted) {
                wrong.add(shown + " was accepted");
            }
        } catch (KubernetesClientException e) {
            if (accepted) {
                wrong.add(shown + " was refused: " + e.getMessage());
            } else if (!e.getMessage().contains("spec." + field.replace("[]", "[0]"))) {
                wrong.add(shown + " was refused without naming the field: " + e.getMessage());
            }
        }
    }

    private static TenantPipeline pipeline(String field, String value) {
        try {
            ObjectNode root = (ObjectNode) JSON.readTree(VALID);
            ObjectNode at = (ObjectNode) root.get("spec");
            String[] steps = field.split("[.]");
            for (int i = 0; i < steps.length - 1; i++) {
                at = steps[i].endsWith("[]")
                        ? (ObjectNode) ((ArrayNode) at.get(steps[i].replace("[]", ""))).get(0)
                        : (ObjectNode) at.get(steps[i]);
            }
            String last = steps[steps.length - 1];
            if (last.endsWith("[]")) {
                at.putArray(last.replace("[]", "")).add(value);
            } else {
                at.put(last, value);
            }
            return JSON.treeToValue(root, TenantPipeline.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
