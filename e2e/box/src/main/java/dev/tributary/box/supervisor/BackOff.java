package dev.tributary.box.supervisor;

import java.time.Duration;

/**
 * How long to wait before a part that died is started again: twice as long each time.
 *
 * @param first the first pause
 * @param longest no pause is longer
 * @param forgottenAfter a part that was healthy this long starts again at the first pause
 */
public record BackOff(Duration first, Duration longest, Duration forgottenAfter) {

    public static final BackOff STANDARD =
            new BackOff(Duration.ofMillis(500), Duration.ofSeconds(15), Duration.ofSeconds(30));

    /**
     * The pause before the next start.
     *
     * @param failures how often the part died in a row, at least 1
     */
    public Duration pause(int failures) {
        Duration pause = first;
        for (int i = 1; i < failures && pause.compareTo(longest) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(longest) < 0 ? pause : longest;
    }
}
