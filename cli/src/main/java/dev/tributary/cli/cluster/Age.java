package dev.tributary.cli.cluster;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** How long ago something was, as kubectl writes it. */
public final class Age {

    private Age() {}

    /**
     * As one number with its unit: 12s, 5m, 3h, 40d.
     *
     * @param time ISO 8601, as Kubernetes writes it; null or unreadable is told as "?"
     */
    public static String since(@Nullable String time, Instant now) {
        if (time == null) {
            return "?";
        }
        try {
            Duration age = Duration.between(Instant.parse(time), now);
            if (age.toDays() > 1) {
                return age.toDays() + "d";
            }
            if (age.toHours() > 1) {
                return age.toHours() + "h";
            }
            return age.toMinutes() > 1 ? age.toMinutes() + "m" : Math.max(0, age.toSeconds()) + "s";
        } catch (DateTimeParseException e) {
            return "?";
        }
    }
}
