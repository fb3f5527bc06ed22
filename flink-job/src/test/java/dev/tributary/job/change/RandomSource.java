package dev.tributary.job.change;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * A PostgreSQL table of a few keys, changed by up to two transactions at a time. As in PostgreSQL a key belongs to the
 * transaction that changed it until that ends, changes reach the WAL as they are made, and are sent at the commit.
 */
final class RandomSource {

    static final int KEYS = 5;

    /** @param note its second column; the first one is the step */
    record Row(long step, String note) {}

    private static final class Transaction {
        private final List<Change> changes = new ArrayList<>();
        private final Map<Long, Optional<Row>> rows = new TreeMap<>();
    }

    private final Random random;
    private final boolean toast;
    private final Map<Long, Row> committed = new TreeMap<>();
    private final Map<Long, Long> steps = new HashMap<>();
    private final List<Transaction> open = new ArrayList<>();
    private long lsn = 100;

    /** @param toast whether notes are so long that PostgreSQL leaves out those that did not change */
    RandomSource(Random random, boolean toast) {
        this.random = random;
        this.toast = toast;
    }

    /** What is committed now. */
    Map<Long, Row> rows() {
        return new TreeMap<>(committed);
    }

    /** Lets something happen; returns what was committed by it. */
    List<Change> live() {
        if (open.isEmpty() || open.size() < 2 && random.nextInt(4) == 0) {
            open.add(new Transaction());
        }
        Transaction transaction = open.get(random.nextInt(open.size()));
        if (!transaction.changes.isEmpty() && random.nextInt(2) == 0) {
            return commit(transaction);
        }
        change(transaction);
        return List.of();
    }

    /** Ends what is open; returns what was committed by it. */
    List<Change> settle() {
        List<Change> changes = new ArrayList<>();
        while (!open.isEmpty()) {
            changes.addAll(commit(open.get(0)));
        }
        return changes;
    }

    /** Another server takes over under the name: what was open is rolled back, and positions start anew. */
    void failOver() {
        open.clear();
        lsn = 100;
    }

    /** What is committed, read: stamped with the slot's position, which is above that of the changes still open. */
    List<Change> snapshot() {
        lsn++;
        return committed.entrySet().stream()
                .map(row -> new Change(
                        "r",
                        row.getKey(),
                        row.getValue().step(),
                        lsn,
                        row.getValue().note(),
                        true))
                .toList();
    }

    private List<Change> commit(Transaction transaction) {
        open.remove(transaction);
        transaction.rows.forEach(
                (key, row) -> row.ifPresentOrElse(present -> committed.put(key, present), () -> committed.remove(key)));
        return transaction.changes;
    }

    private void change(Transaction transaction) {
        long key = random.nextInt(KEYS);
        if (isLocked(key, transaction)) {
            return;
        }
        Optional<Row> row = row(key, transaction);
        lsn += 1 + random.nextInt(3);
        if (row.isEmpty()) {
            write(transaction, "c", key, Optional.empty());
            return;
        }
        switch (random.nextInt(6)) {
            case 0 -> delete(transaction, key);
            case 1 -> {
                delete(transaction, key);
                lsn++;
                write(transaction, "c", key, Optional.empty());
            }
            case 2 -> rename(transaction, key, random.nextInt(KEYS), row.get());
            case 3 -> write(transaction, "u", key, Optional.empty());
            default -> write(transaction, "u", key, row);
        }
    }

    /** Another primary key for a row: Debezium makes it a delete and a create, both with the update's position. */
    private void rename(Transaction transaction, long from, long to, Row row) {
        if (isLocked(to, transaction) || row(to, transaction).isPresent()) {
            return;
        }
        delete(transaction, from);
        write(transaction, "c", to, Optional.of(row));
    }

    /** @param before where the note stays as it is */
    private void write(Transaction transaction, String op, long key, Optional<Row> before) {
        long step = steps.merge(key, 1L, Long::sum);
        String note = before.map(Row::note).orElse("note " + key + "/" + step);
        transaction.changes.add(new Change(op, key, step, lsn, note, !toast || before.isEmpty()));
        transaction.rows.put(key, Optional.of(new Row(step, note)));
    }

    private void delete(Transaction transaction, long key) {
        transaction.changes.add(new Change("d", key, steps.merge(key, 1L, Long::sum), lsn, "", true));
        transaction.rows.put(key, Optional.empty());
    }

    private boolean isLocked(long key, Transaction mine) {
        return open.stream().anyMatch(other -> other != mine && other.rows.containsKey(key));
    }

    private Optional<Row> row(long key, Transaction transaction) {
        return transaction.rows.getOrDefault(key, Optional.ofNullable(committed.get(key)));
    }
}
