package dev.tributary.job.change;

/**
 * One change of one key, as Debezium sends it.
 *
 * @param op Debezium's operation
 * @param step counts the changes of the key; the row's column {@code v} as well
 * @param lsn where the change stands in the WAL, also for a row read by a snapshot
 * @param note the row's column {@code note}
 * @param noteSent false where PostgreSQL left it out, because it is long and was not changed (TOAST)
 */
record Change(String op, long key, long step, long lsn, String note, boolean noteSent) {

    boolean deletes() {
        return op.equals("d");
    }

    Change withOp(String other) {
        return new Change(other, key, step, lsn, note, noteSent);
    }

    Change withLsn(long other) {
        return new Change(op, key, step, other, note, noteSent);
    }

    /** Of a deleted row the default replica identity has the key, and makes up the rest. */
    String event() {
        String row = deletes() ? row(0, "") : row(step, noteSent ? note : Specs.PLACEHOLDER);
        return deletes() ? Specs.event(op, row, "null", lsn) : Specs.event(op, "null", row, lsn);
    }

    private String row(long v, String text) {
        return "{\"id\":" + key + ",\"v\":" + v + ",\"note\":\"" + text + "\"}";
    }
}
