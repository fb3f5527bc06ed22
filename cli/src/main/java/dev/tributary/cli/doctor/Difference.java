package dev.tributary.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Optional;

/** Where what a cluster has differs from what was shipped, though an API server adds defaults to what is applied. */
final class Difference {

    /** From here on nothing is added, so that what is too much was removed since. */
    private static final String EXACT_FROM = "openAPIV3Schema";

    private Difference() {}

    /** The path of the first difference; empty when all that was shipped is there. */
    static Optional<String> first(JsonNode shipped, JsonNode found) {
        return first(shipped, found, "", false);
    }

    private static Optional<String> first(JsonNode shipped, JsonNode found, String path, boolean exact) {
        if (shipped.isObject() && found.isObject()) {
            return inObject(shipped, found, path, exact);
        }
        if (shipped.isArray() && found.isArray() && shipped.size() == found.size()) {
            for (int i = 0; i < shipped.size(); i++) {
                Optional<String> difference = first(shipped.get(i), found.get(i), path + "[" + i + "]", exact);
                if (difference.isPresent()) {
                    return difference;
                }
            }
            return Optional.empty();
        }
        return shipped.equals(found) ? Optional.empty() : Optional.of(path);
    }

    /** An API server leaves out what is 0, false or empty anyway. */
    private static boolean isZero(JsonNode value) {
        return value.isNumber()
                ? value.asDouble() == 0
                : value.isBoolean() ? !value.asBoolean() : value.isContainerNode() && value.isEmpty();
    }

    private static Optional<String> inObject(JsonNode shipped, JsonNode found, String path, boolean exact) {
        Iterator<String> names = shipped.fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            if (!exact && !found.has(name) && isZero(shipped.get(name))) {
                continue;
            }
            Optional<String> difference =
                    first(shipped.get(name), found.path(name), path + "." + name, exact || name.equals(EXACT_FROM));
            if (difference.isPresent()) {
                return difference;
            }
        }
        for (Iterator<String> there = found.fieldNames(); exact && there.hasNext(); ) {
            String name = there.next();
            if (!shipped.has(name)) {
                return Optional.of(path + "." + name);
            }
        }
        return Optional.empty();
    }
}
