package dev.tributary.job.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommitTimesTest {

    private long now = 1_000_000;
    private final CommitTimes times = new CommitTimes(Duration.ofSeconds(10), () -> now);

    private void add(Operation operation, LongStream committed) {
        committed.forEach(time -> times.add(operation, time));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 15, 16, 17, 1000, 200_000})
    void itKeepsAFewEvenlySpreadFromTheFirstOn(long changes) {
        add(Operation.UPDATE, LongStream.range(0, changes));

        long[] sample = times.sample().toArray();

        assertThat(sample).startsWith(0).hasSizeBetween((int) Math.min(changes, 9), (int) Math.min(changes, 16));
        long step = sample.length > 1 ? sample[1] : 1;
        assertThat(sample)
                .containsExactly(
                        LongStream.range(0, sample.length).map(i -> i * step).toArray());
        assertThat(changes - 1 - sample[sample.length - 1])
                .as("changes after the last")
                .isLessThan(step);
    }

    @Test
    void whatASnapshotReadHasNoCommitTime() {
        add(Operation.READ, LongStream.of(1, 2, 3));

        boolean empty = times.isEmpty();

        assertThat(empty).isTrue();
        assertThat(times.sample()).isEmpty();
    }

    @Test
    void theNewestIsTheLatestOfAllNotTheLast() {
        add(Operation.CREATE, LongStream.of(5, 9, 7));
        add(Operation.READ, LongStream.of(100));

        long newest = times.newest();

        assertThat(newest).isEqualTo(9);
    }

    @Test
    void changesReadLaterThanAllowedAreLate() {
        add(Operation.READ, LongStream.of(0));

        add(Operation.UPDATE, LongStream.of(990_000, 989_999, 995_000, 980_000, 1_000_001));

        assertThat(times.late()).isEqualTo(2);
        assertThat(times.worstLateness()).isEqualTo(20_000);
    }

    @Test
    void allOfABatchCountAsReadWhenItsFirstWas() {
        add(Operation.UPDATE, LongStream.of(995_000));
        now += 60_000;

        add(Operation.UPDATE, LongStream.of(994_000));

        assertThat(times.late()).isZero();
        assertThat(times.worstLateness()).isEqualTo(6_000);
    }

    @Test
    void aClockBehindTheSourcesMakesNothingLate() {
        add(Operation.UPDATE, LongStream.of(1_000_500));

        long worst = times.worstLateness();

        assertThat(worst).isZero();
        assertThat(times.late()).isZero();
    }

    @Test
    void clearedItKnowsNothing() {
        add(Operation.DELETE, LongStream.range(0, 100));

        times.clear();

        assertThat(times.isEmpty()).isTrue();
        add(Operation.DELETE, LongStream.of(4, 5));
        assertThat(times.sample()).containsExactly(4L, 5L);
        assertThat(times.newest()).isEqualTo(5);
        assertThat(times.late()).isEqualTo(2);
    }
}
