package dev.tributary.job.source;

import org.jspecify.annotations.Nullable;

/**
 * One record as it lies in the topic, with its position. A plain class with public fields: Flink serialises such
 * classes by itself, should one ever cross a network; between the chained operators it is handed over as it is.
 */
public class RawRecord {

    /** The index of the table in the JobSpec. */
    public int table;

    public int partition;
    public long offset;

    /** The change event, JSON. */
    public byte[] value = {};

    /** The key, a JSON object. Null where Kafka has none, as of a truncation. */
    public byte @Nullable [] key;

    /**
     * Where a key was changed, which Debezium tells as a delete and a create: of the create the key that the row had
     * before, of the delete the one it has then, as a JSON object. Else null.
     */
    public byte @Nullable [] otherKey;

    /** For Flink. */
    public RawRecord() {}

    public RawRecord(int table, int partition, long offset, byte[] value) {
        this(table, partition, offset, value, null);
    }

    public RawRecord(int table, int partition, long offset, byte[] value, byte @Nullable [] otherKey) {
        this(table, partition, offset, value, null, otherKey);
    }

    public RawRecord(
            int table, int partition, long offset, byte[] value, byte @Nullable [] key, byte @Nullable [] otherKey) {
        this.table = table;
        this.key = key;
        this.partition = partition;
        this.offset = offset;
        this.value = value;
        this.otherKey = otherKey;
    }
}
