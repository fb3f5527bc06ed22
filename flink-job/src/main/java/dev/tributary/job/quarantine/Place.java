package dev.tributary.job.quarantine;

/** Where a record stands in Kafka. It is known by that: the same record read again is the same entry. */
public record Place(String topic, int partition, long offset) {

    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
