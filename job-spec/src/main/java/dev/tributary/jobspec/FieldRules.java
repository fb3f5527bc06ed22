package dev.tributary.jobspec;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What single fields must hold beyond their Java type: constructors insist on it, {@link JobSpecCheck} lists it. */
final class FieldRules {

    private static final Pattern PLACEHOLDER = Pattern.compile("[A-Za-z0-9_-]{16,64}");

    private FieldRules() {}

    /**
     * What is wrong with a value.
     *
     * @param field the name of the record's component
     */
    static Optional<String> problem(String field, Object value) {
        return switch (field) {
            case "epoch" ->
                unless((int) value >= 1 && (int) value <= 0xFFFF, "must be between 1 and 65535, not " + value);
            case "unavailableValuePlaceholder" ->
                unless(PLACEHOLDER.matcher((String) value).matches(), "must be 16 to 64 characters of [A-Za-z0-9_-]");
            case "flushMillis" ->
                unless((int) value >= 10 && (int) value <= 600_000, "must be between 10 and 600000, not " + value);
            case "lateAfterSeconds" ->
                unless((int) value >= 1 && (int) value <= 8_640_000, "must be between 1 and 8640000, not " + value);
            case "tables", "columns" -> unless(!((List<?>) value).isEmpty(), "must not be empty");
            default -> unless(!(value instanceof String text) || !text.isBlank(), "must not be blank");
        };
    }

    private static Optional<String> unless(boolean fine, String problem) {
        return fine ? Optional.empty() : Optional.of(problem);
    }

    static void require(String field, Object value) {
        problem(field, value).ifPresent(problem -> {
            throw new IllegalArgumentException(field + " " + problem);
        });
    }
}
