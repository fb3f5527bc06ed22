package dev.tributary.job.change;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What a source did and what of it lies in a topic: one or two epochs, each a snapshot with transactions open across it
 * and what was committed afterwards, sent again by a rewinding connector; a key always in the same partition.
 *
 * @param partitions the topic
 * @param epochs what the job reads of it, one after the other
 * @param rows what the source holds at the end
 */
record RandomHistory(List<List<Sent>> partitions, List<Epoch> epochs, Map<Long, RandomSource.Row> rows) {

    static final int FIRST_EPOCH = 7;
    private static final int PARTITIONS = 3;
    private static final int LONGEST = 300;

    /** A record of the topic, with the epoch that its connector stamped. */
    record Sent(int epoch, int partition, long offset, Change change) {}

    /**
     * @param starts where the job begins, by partition
     * @param snapshotEnds where the topic ended once all that the snapshot read was in it
     * @param ends where the topic ended when the job was stopped
     */
    record Epoch(int number, List<Long> starts, List<Long> snapshotEnds, List<Long> ends) {}

    static RandomHistory of(Random random, boolean toast) {
        return new Generator(random, toast).generate();
    }

    private static final class Generator {
        private final Random random;
        private final RandomSource source;
        private final List<List<Sent>> partitions = IntStream.range(0, PARTITIONS)
                .mapToObj(p -> (List<Sent>) new ArrayList<Sent>())
                .toList();
        private final List<Epoch> epochs = new ArrayList<>();
        private List<Change> sentBefore = List.of();

        Generator(Random random, boolean toast) {
            this.random = random;
            source = new RandomSource(random, toast);
        }

        RandomHistory generate() {
            int last = FIRST_EPOCH + random.nextInt(2);
            for (int epoch = FIRST_EPOCH; epoch <= last; epoch++) {
                addEpoch(epoch, epoch == last);
            }
            return new RandomHistory(partitions, epochs, source.rows());
        }

        private void addEpoch(int number, boolean last) {
            unseen(random.nextInt(20));
            if (number > FIRST_EPOCH && random.nextBoolean()) {
                source.failOver();
                unseen(random.nextInt(20));
            }
            List<Long> starts = ends();
            List<Change> read = source.snapshot();
            read.forEach(row -> {
                send(number, row);
                sendLate(number);
            });
            List<Long> snapshotEnds = ends();
            List<Change> streamed = new ArrayList<>();
            int changes = random.nextInt(60);
            for (int i = 0; i < changes; i++) {
                streamed.addAll(source.live());
            }
            if (last) {
                streamed.addAll(source.settle());
            }
            stream(number, streamed);
            sentBefore = streamed;
            epochs.add(new Epoch(number, starts, snapshotEnds, ends()));
        }

        /** Changes that no connector sees. */
        private void unseen(int changes) {
            for (int i = 0; i < changes; i++) {
                source.live();
            }
        }

        /** In the order of the commits; now and then the connector starts again from an earlier position. */
        private void stream(int epoch, List<Change> changes) {
            int next = 0;
            int budget = LONGEST;
            while (next < changes.size()) {
                send(epoch, changes.get(next++));
                sendLate(epoch);
                if (budget-- > 0 && random.nextInt(10) == 0) {
                    next = random.nextInt(next + 1);
                }
            }
        }

        /** A worker that was cut off still sends for the connector of the epoch before. */
        private void sendLate(int epoch) {
            if (epoch > FIRST_EPOCH && !sentBefore.isEmpty() && random.nextInt(8) == 0) {
                send(epoch - 1, sentBefore.get(random.nextInt(sentBefore.size())));
            }
        }

        private void send(int epoch, Change change) {
            int partition = (int) (change.key() % PARTITIONS);
            List<Sent> records = partitions.get(partition);
            records.add(new Sent(epoch, partition, records.size(), change));
        }

        private List<Long> ends() {
            return partitions.stream().map(records -> (long) records.size()).toList();
        }
    }
}
