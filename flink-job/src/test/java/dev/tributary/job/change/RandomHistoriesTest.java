package dev.tributary.job.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.function.BiPredicate;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

/**
 * Random histories of a few keys in a few partitions (transactions open across a snapshot, delete and reinsert in one of
 * them, changed primary keys, a second epoch), sent again by a rewinding connector, read again by a restarted job, cut
 * into blocks anywhere: what a ReplacingMergeTree then shows never goes back, and ends as the source.
 *
 * <p>{@link PlantedBugsTest} shows that this would fail.
 */
class RandomHistoriesTest {

    @Property(tries = 1000)
    void theVisibleStateNeverGoesBackAndEndsAsTheSource(@ForAll long seed) {
        HistoryCheck.check(seed, false, new JobPath());
    }

    @Tag("long")
    @Property(tries = 10_000)
    void theVisibleStateNeverGoesBackAndEndsAsTheSourceManyTimes(@ForAll long seed) {
        HistoryCheck.check(seed, false, new JobPath());
    }

    @Property(tries = 1000)
    void aValueThatCaptureDidNotSendIsNeverMadeUp(@ForAll long seed) {
        HistoryCheck.check(seed, true, new JobPath());
    }

    @Tag("long")
    @Property(tries = 10_000)
    void aValueThatCaptureDidNotSendIsNeverMadeUpManyTimes(@ForAll long seed) {
        HistoryCheck.check(seed, true, new JobPath());
    }

    @Example
    void theHistoriesHoldWhatTheRulesAreFor() {
        List<RandomHistory> histories = new Random(1)
                .longs(1000)
                .mapToObj(seed -> RandomHistory.of(new Random(seed), true))
                .toList();

        assertThat(histories)
                .as("a second epoch")
                .anyMatch(history -> history.epochs().size() == 2)
                .as("a late record of an older epoch")
                .anyMatch(history -> pairIn(history, (one, later) -> one.epoch() > later.epoch()))
                .as("a record sent twice")
                .anyMatch(history -> history.partitions().stream()
                        .map(records ->
                                records.stream().map(RandomHistory.Sent::change).toList())
                        .anyMatch(changes -> new HashSet<>(changes).size() < changes.size()))
                .as("a change open across the snapshot")
                .anyMatch(history -> pairIn(
                        history,
                        (read, later) -> read.change().op().equals("r")
                                && later.epoch() == read.epoch()
                                && later.change().lsn() < read.change().lsn()))
                .as("a key deleted and inserted again in one transaction")
                .anyMatch(history -> pairIn(
                        history,
                        (gone, again) -> gone.change().deletes()
                                && again.change().op().equals("c")
                                && again.change().key() == gone.change().key()
                                && again.change().lsn() == gone.change().lsn() + 1))
                .as("a primary key changed, to one of the same partition")
                .anyMatch(history -> pairIn(
                        history,
                        (old, young) -> old.change().deletes()
                                && young.change().key() != old.change().key()
                                && young.change().lsn() == old.change().lsn()))
                .as("a value that capture did not send")
                .anyMatch(history -> history.partitions().stream()
                        .flatMap(List::stream)
                        .anyMatch(sent -> !sent.change().noteSent()));
    }

    /** Whether two records of one partition, the second anywhere after the first, are such a pair. */
    private static boolean pairIn(RandomHistory history, BiPredicate<RandomHistory.Sent, RandomHistory.Sent> pair) {
        return history.partitions().stream().anyMatch(records -> records.stream()
                .anyMatch(one -> records.subList((int) one.offset() + 1, records.size()).stream()
                        .anyMatch(later -> pair.test(one, later))));
    }
}
