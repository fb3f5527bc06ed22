package dev.tributary.operator.plan;

import java.time.Duration;

/** The API's durations: a whole number and one of s, m, h, d; the schema admits nothing else. */
public final class Durations {

    private Durations() {}

    /** The duration; {@code text} passed the schema. */
    public static Duration parse(String text) {
        long amount = Long.parseLong(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 's' -> Duration.ofSeconds(amount);
            case 'm' -> Duration.ofMinutes(amount);
            case 'h' -> Duration.ofHours(amount);
            case 'd' -> Duration.ofDays(amount);
            default -> throw new IllegalArgumentException("not a duration: " + text);
        };
    }

    static String milliseconds(String text) {
        return Long.toString(parse(text).toMillis());
    }
}
