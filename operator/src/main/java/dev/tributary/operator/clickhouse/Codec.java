package dev.tributary.operator.clickhouse;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a column is compressed: one step or more, each applied to what the one before made.
 *
 * @param steps never empty
 */
public record Codec(List<Step> steps) {

    /** Those that ClickHouse has by itself and that keep every value. */
    private static final Set<String> NAMES =
            Set.of("NONE", "LZ4", "LZ4HC", "ZSTD", "Delta", "DoubleDelta", "Gorilla", "FPC", "T64", "GCD");

    private static final Pattern STEP = Pattern.compile("([A-Za-z0-9]{1,16})(?:\\(([0-9]{1,3})\\))?");
    private static final Pattern REPORTED = Pattern.compile("CODEC\\((.*)\\)");

    /**
     * One step.
     *
     * @param name one of ClickHouse's names
     * @param level its parameter, such as the level of ZSTD; empty for ClickHouse's default
     */
    public record Step(String name, Optional<Integer> level) {

        private String sql() {
            return name + level.map(value -> "(" + value + ")").orElse("");
        }

        /** ClickHouse reports a level where none was given. */
        private boolean isGrantedBy(Step reported) {
            return name.equals(reported.name) && (level.isEmpty() || level.equals(reported.level));
        }
    }

    public Codec {
        steps = List.copyOf(steps);
    }

    /** The names that a step may have, for messages. */
    public static String known() {
        return NAMES.stream().sorted().collect(Collectors.joining(", "));
    }

    /** The codec that a text such as {@code Delta, ZSTD(3)} means, or empty. */
    public static Optional<Codec> parse(String text) {
        List<Step> steps = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher step = STEP.matcher(part.strip());
            if (!step.matches() || !NAMES.contains(step.group(1))) {
                return Optional.empty();
            }
            steps.add(new Step(step.group(1), Optional.ofNullable(step.group(2)).map(Integer::valueOf)));
        }
        return Optional.of(new Codec(steps));
    }

    /** Whether a column with what system.columns reports is compressed so. */
    boolean isGrantedBy(String reported) {
        Matcher codec = REPORTED.matcher(reported);
        Optional<Codec> there = codec.matches() ? parse(codec.group(1)) : Optional.empty();
        if (there.isEmpty() || there.get().steps.size() != steps.size()) {
            return false;
        }
        for (int i = 0; i < steps.size(); i++) {
            if (!steps.get(i).isGrantedBy(there.get().steps.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether an error of ClickHouse is about a step of this: it then has both words. */
    boolean isNamedIn(String error) {
        return error.toLowerCase(Locale.ROOT).contains("codec")
                && steps.stream().anyMatch(step -> error.matches(".*\\b" + step.name() + "\\b.*"));
    }

    /** As a column's declaration has it. */
    String sql() {
        return "CODEC(" + steps.stream().map(Step::sql).collect(Collectors.joining(", ")) + ")";
    }
}
