package dev.tributary.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The fields below an object, as rows of a table for people. */
final class FieldTable {

    /** What a pattern asks for, in words: a new one needs its own. */
    private static final Map<String, String> PATTERNS = Map.ofEntries(
            Map.entry("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", "a DNS label"),
            Map.entry("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$", "a DNS name in lower case"),
            Map.entry("^[a-z]([-a-z0-9]{0,22}[a-z0-9])?$", "a DNS label that begins with a letter"),
            Map.entry("^[1-9][0-9]{0,8}(s|m|h|d)$", "a whole number and `s`, `m`, `h` or `d`"),
            Map.entry(
                    "^([1-9][0-9]{0,4}s|[1-9][0-9]{0,3}m|[1-9][0-9]{0,2}h|[1-9][0-9]?d)$",
                    "a whole number and `s` (to 99999), `m` (9999), `h` (999) or `d` (99)"),
            Map.entry("^[1-9][0-9]*(m|g)$", "a whole number and `m` or `g`"),
            Map.entry("^[0-9]+([.][0-9]+)?$", "a decimal number"),
            Map.entry(
                    "^[A-Z][A-Za-z0-9]{1,30}(\\([A-Za-z0-9(), '_+/-]{1,100}\\))?$",
                    "a name that begins with a capital, and what it takes in parentheses"),
            Map.entry(
                    "^[A-Z][A-Za-z0-9]{1,15}(\\([0-9]{1,3}\\))?(, ?[A-Z][A-Za-z0-9]{1,15}(\\([0-9]{1,3}\\))?){0,4}$",
                    "up to five names that begin with a capital, each with a number in parentheses or none"),
            Map.entry("^v2_[0-9]+$", "`v2_` and a number"),
            Map.entry("^[a-z0-9]+$", "lower-case letters and digits"),
            Map.entry("^[a-zA-Z0-9_-]+$", "letters, digits, `_` and `-`"),
            Map.entry("^[-a-z0-9*]+$", "lower-case letters, digits, `-` and `*`"),
            Map.entry("^[a-z_][-a-z0-9_]*$", "lower-case letters, digits, `_` and `-`, no digit or `-` first"),
            Map.entry("^[a-zA-Z0-9][-a-zA-Z0-9._/:@]*$", "letters, digits and any of `-._/:@`, but not first"),
            Map.entry("^[^\\x00-\\x1f\\x7f]+$", "no control characters"),
            Map.entry("^[^\\x00-\\x1f\\x7f$?&%+/]+$", "no control characters and none of `$?&%+/`"),
            Map.entry("^[a-z0-9]+://[^\\s\\x00-\\x1f\\x7f$]*$", "a URI without blanks, control characters and `$`"),
            Map.entry(
                    "^https?://[a-zA-Z0-9][-a-zA-Z0-9.]*(:[0-9]{1,5})?$",
                    "`http` or `https`, host and perhaps port; no path"),
            Map.entry("^[a-zA-Z0-9]([-a-zA-Z0-9.]*[a-zA-Z0-9])?$|^[0-9a-fA-F:]+$", "a host name or an address"));

    private final StringBuilder rows = new StringBuilder("| field | type | limits | what |\n|---|---|---|---|\n");

    private FieldTable() {}

    /** Of all that is below, depth first. */
    static String of(JSONSchemaProps object) {
        FieldTable table = new FieldTable();
        table.fields("", object);
        return table.rows.toString();
    }

    /** The messages of the rules that the API server checks here. */
    static String rules(JSONSchemaProps schema) {
        return schema.getXKubernetesValidations().stream()
                .map(rule -> "Rule: " + escaped(rule.getMessage()) + ".")
                .collect(Collectors.joining("<br>"));
    }

    private void fields(String prefix, JSONSchemaProps object) {
        List<String> required = Optional.ofNullable(object.getRequired()).orElse(List.of());
        Optional.ofNullable(object.getProperties())
                .orElse(Map.of())
                .forEach((name, field) -> field(prefix + name, required.contains(name), field));
    }

    private void field(String path, boolean required, JSONSchemaProps field) {
        List<String> limits = new ArrayList<>();
        if (required) {
            limits.add("required");
        }
        if (field.getDefault() != null) {
            limits.add("default `" + field.getDefault().asText() + "`");
        }
        JSONSchemaProps item =
                field.getItems() == null ? null : field.getItems().getSchema();
        limits.addAll(limits(field));
        if (item != null && !limits(item).isEmpty()) {
            limits.add("each " + String.join(", ", limits(item)));
        }
        String rules = rules(field);
        rows.append("| `%s` | %s | %s | %s%s |\n"
                .formatted(
                        path,
                        type(field),
                        String.join("; ", limits),
                        escaped(field.getDescription()),
                        rules.isEmpty() ? "" : "<br>" + rules));
        fields(path + ".", field);
        if (item != null) {
            fields(path + "[].", item);
        }
    }

    private static String type(JSONSchemaProps field) {
        if (field.getItems() != null) {
            return "list of " + field.getItems().getSchema().getType() + "s";
        }
        return field.getAdditionalProperties() == null
                ? field.getType()
                : "map of " + field.getAdditionalProperties().getSchema().getType() + "s";
    }

    private static List<String> limits(JSONSchemaProps field) {
        List<String> limits = new ArrayList<>();
        if (field.getEnum() != null && !field.getEnum().isEmpty()) {
            limits.add(field.getEnum().stream()
                    .map(JsonNode::asText)
                    .map(value -> "`" + value + "`")
                    .collect(Collectors.joining(", ")));
        }
        if (field.getMinimum() != null) {
            limits.add(
                    field.getMinimum().longValue() + " to " + field.getMaximum().longValue());
        }
        if (field.getMaxItems() != null) {
            limits.add(field.getMinItems() + " to " + field.getMaxItems() + " entries");
        }
        if (field.getXKubernetesListMapKeys() != null
                && !field.getXKubernetesListMapKeys().isEmpty()) {
            limits.add("one per " + String.join(" and ", field.getXKubernetesListMapKeys()));
        }
        if ("set".equals(field.getXKubernetesListType())) {
            limits.add("none twice");
        }
        if (field.getMaxLength() != null) {
            limits.add((field.getMinLength() == null ? "at most " : field.getMinLength() + " to ")
                    + field.getMaxLength() + " characters");
        }
        if (field.getPattern() != null) {
            limits.add(Optional.ofNullable(PATTERNS.get(field.getPattern()))
                    .orElseThrow(() -> new AssertionError("say in words what this asks for: " + field.getPattern())));
        }
        return limits;
    }

    /** Markdown would take these for its own. */
    private static String escaped(String text) {
        return text.replace("|", "\\|").replace("<", "\\<").replace("*", "\\*");
    }
}
