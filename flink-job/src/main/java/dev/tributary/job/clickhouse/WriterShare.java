package dev.tributary.job.clickhouse;

/**
 * What one of the writers that share a TaskManager has of it.
 *
 * @param writers how many there are, in all TaskManagers
 * @param bytesToFill the bytes that all tables' batches of this writer may fill before they are sent
 */
record WriterShare(int writers, long bytesToFill) {

    /** The part of the heap that batches may fill; half of it is being filled, half in flight. */
    private static final int HEAP_SHARE = 4;

    private static final long SMALLEST = 4L << 20;
    private static final long LARGEST = 512L << 20;

    /**
     * An equal share.
     *
     * @param heap the TaskManager's, in bytes
     */
    static WriterShare of(long heap, int writers) {
        return new WriterShare(writers, Math.max(SMALLEST, Math.min(LARGEST, heap / HEAP_SHARE / writers / 2)));
    }
}
