package dev.tributary.job.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommitTimesTest {

    private final CommitTimes times = new CommitTimes();

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
    void clearedItKnowsNothing() {
        add(Operation.DELETE, LongStream.range(0, 100));

        times.clear();

        assertThat(times.isEmpty()).isTrue();
        add(Operation.DELETE, LongStream.of(4, 5));
        assertThat(times.sample()).containsExactly(4L, 5L);
        assertThat(times.newest()).isEqualTo(5);
    }
}
