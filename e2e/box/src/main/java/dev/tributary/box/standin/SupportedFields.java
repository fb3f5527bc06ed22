package dev.tributary.box.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of a spec that a stand-in plays. A path names fields with dots; {@code []} stands for the elements of a
 * list, and a path ending in {@code .**} covers everything below.
 */
public final class SupportedFields {

    private final List<String> paths;

    private SupportedFields(List<String> paths) {
        this.paths = paths;
    }

    public static SupportedFields of(String... paths) {
        return new SupportedFields(Arrays.asList(paths));
    }

    /** The first field that is not played, written as a user would ({@code spec.kafka.listeners[0].tls}). */
    public Optional<String> firstUnsupported(JsonNode spec) {
        return visit("", "spec", spec);
    }

    private Optional<String> visit(String path, String shown, JsonNode node) {
        boolean whole = paths.contains(path + ".**") || (node.isArray() && paths.contains(path));
        if (node.isObject() && !whole && (!node.isEmpty() || path.isEmpty())) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                String below = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
                Optional<String> found = visit(below, shown + "." + field.getKey(), field.getValue());
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        }
        if (node.isArray() && !whole && !node.isEmpty()) {
            for (int i = 0; i < node.size(); i++) {
                Optional<String> found = visit(path + "[]", shown + "[" + i + "]", node.get(i));
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        }
        // A value, or something empty: asking for nothing of an unknown kind is still asking.
        return supports(path) ? Optional.empty() : Optional.of(shown);
    }

    private boolean supports(String path) {
        return paths.stream()
                .anyMatch(p -> p.equals(path)
                        || p.equals(path + ".**")
                        || (p.endsWith(".**") && path.startsWith(p.substring(0, p.length() - 2)))
                        || p.startsWith(path + ".")
                        || p.startsWith(path + "["));
    }
}
