package dev.tributary.job.change;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.jobspec.JobSpec;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The check of {@link RandomHistoriesTest} can fail: for each rule there is a path that breaks it, and is found out. */
class PlantedBugsTest {

    /** As many as the real path has to stand; the same ones each time. */
    private static final int HISTORIES = 1000;

    private static void assertFound(Supplier<JobPath> bug) {
        assertFound(bug, false);
    }

    private static void assertFound(Supplier<JobPath> bug, boolean toast) {
        assertThatThrownBy(() ->
                        new Random(1).longs(HISTORIES).forEach(seed -> HistoryCheck.check(seed, toast, bug.get())))
                .as("a counterexample among %s histories", HISTORIES)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(HistoryCheck.PROMISE);
    }

    private static RandomHistory.Sent with(RandomHistory.Sent sent, Change change) {
        return new RandomHistory.Sent(sent.epoch(), sent.partition(), sent.offset(), change);
    }

    @Test
    void aVersionByTheClock() {
        assertFound(() -> new JobPath() {
            private long now = 1_000_000;

            @Override
            RandomHistory.Sent received(RandomHistory.Sent sent) {
                return with(sent, sent.change().withLsn(++now));
            }
        });
    }

    @Test
    void aRowOfTheSnapshotWithTheSlotsPosition() {
        assertFound(() -> new JobPath() {
            @Override
            RandomHistory.Sent received(RandomHistory.Sent sent) {
                Change change = sent.change();
                return with(sent, change.op().equals("r") ? change.withOp("c") : change);
            }
        });
    }

    @Test
    void aDeleteThatIsNotWritten() {
        assertFound(() -> new JobPath() {
            @Override
            List<Map<String, Object>> block(List<RandomHistory.Sent> records) {
                return super.block(records).stream()
                        .filter(row -> row.get("_deleted").equals(0))
                        .toList();
            }
        });
    }

    @Test
    void aPlaceholderThatIsWritten() {
        Supplier<JobPath> bug = () -> new JobPath() {
            @Override
            JobSpec spec(int epoch) {
                return spec(epoch, "not-what-the-connector-has");
            }
        };

        assertFound(bug, true);
    }

    @Test
    void theLastToArriveWinsInABlock() {
        assertFound(() -> new JobPath() {
            @Override
            List<Map<String, Object>> block(List<RandomHistory.Sent> records) {
                Map<Object, Map<String, Object>> lastOfKey = new LinkedHashMap<>();
                for (RandomHistory.Sent record : records) {
                    super.block(List.of(record)).forEach(row -> lastOfKey.put(row.get("id"), row));
                }
                return List.copyOf(lastOfKey.values());
            }
        });
    }

    @Test
    void theLastToArriveWinsInTheTable() {
        assertFound(() -> new JobPath() {
            @Override
            Map<String, Object> winner(Map<String, Object> old, Map<String, Object> young) {
                return young;
            }
        });
    }

    @Test
    void aVersionWithoutTheEpoch() {
        assertFound(() -> new JobPath() {
            @Override
            List<Map<String, Object>> block(List<RandomHistory.Sent> records) {
                BigInteger firstEpoch =
                        BigInteger.valueOf(RandomHistory.FIRST_EPOCH).shiftLeft(112);
                BigInteger epoch = BigInteger.valueOf(epoch()).shiftLeft(112);
                List<Map<String, Object>> rows = super.block(records);
                rows.forEach(
                        row -> row.put("_version", version(row).subtract(epoch).add(firstEpoch)));
                return rows;
            }
        });
    }

    @Test
    void aLateRecordOfAnOlderEpochThatIsTaken() {
        assertFound(() -> new JobPath() {
            @Override
            RandomHistory.Sent received(RandomHistory.Sent sent) {
                return new RandomHistory.Sent(epoch(), sent.partition(), sent.offset(), sent.change());
            }
        });
    }

    @Test
    void aRowThatIsGoneAtTheSourceAndGetsNoTombstone() {
        assertFound(() -> new JobPath() {
            @Override
            List<Map<String, Object>> tombstones(List<Map<String, Object>> visible) {
                return List.of();
            }
        });
    }

    @Test
    void aTombstoneAboveItsEpoch() {
        assertFound(() -> new JobPath() {
            @Override
            List<Map<String, Object>> tombstones(List<Map<String, Object>> visible) {
                BigInteger next = BigInteger.valueOf(epoch() + 1L).shiftLeft(112);
                return super.tombstones(visible).stream()
                        .map(row -> {
                            Map<String, Object> above = new LinkedHashMap<>(row);
                            above.put("_version", next.subtract(BigInteger.ONE));
                            return above;
                        })
                        .toList();
            }
        });
    }
}
