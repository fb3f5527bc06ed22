package dev.tributary.box.standin.strimzi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutoRestartTest {

    private static final Instant LAST = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({"1, 1, false", "1, 2, true", "2, 5, false", "2, 6, true", "7, 55, false", "7, 56, true", "20, 60, true"
    })
    void waitsLongerEachTimeAndAtMostAnHour(int count, int minutesLater, boolean due) {
        assertThat(new AutoRestart(count, LAST).due(at(minutesLater), OptionalInt.empty()))
                .isEqualTo(due);
    }

    @ParameterizedTest
    @CsvSource({"2, 3, true", "3, 3, false"})
    void stopsAtTheMostRestarts(int count, int most, boolean due) {
        assertThat(new AutoRestart(count, LAST).due(at(100), OptionalInt.of(most)))
                .isEqualTo(due);
    }

    private static Clock at(int minutesLater) {
        return Clock.fixed(LAST.plus(Duration.ofMinutes(minutesLater)), ZoneOffset.UTC);
    }
}
