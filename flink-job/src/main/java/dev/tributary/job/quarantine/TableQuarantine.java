package dev.tributary.job.quarantine;

import dev.tributary.job.JobStopped;
import dev.tributary.job.StopReason;
import dev.tributary.job.source.RawRecord;
import dev.tributary.jobspec.JobSpec;
import dev.tributary.jobspec.OnBadRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/**
 * The records of one table that are in quarantine, by their keys. While one is, a later change that leaves a value as it was
 * (TOAST), or moves the row to another key, builds on something that is not in ClickHouse, and must follow it. A later change
 * that has all values makes the row right again, and so the entry is superseded.
 *
 * <p>If the whole table is to stand still, all that comes after the first follows it.
 *
 * <p>Keys are compared as they lie in Kafka: the same connector writes the same key in the same bytes.
 */
public final class TableQuarantine {

    /** Of one table. What is wrong with more is no single record. */
    static final int MOST = 10_000;

    /** Of one table that stands still, in whose order all that comes has to wait. */
    static final int MOST_BEHIND = 100_000;

    /** What is wrong with a single record, and may be right with the next. A changed schema is not: all that follows has it. */
    private static final Set<StopReason> OF_SINGLE_RECORDS = EnumSet.of(
            StopReason.VALUE_OUT_OF_RANGE,
            StopReason.NOT_NULL_VIOLATED,
            StopReason.UNAVAILABLE_VALUE,
            StopReason.MALFORMED_RECORD,
            StopReason.NOT_APPEND_ONLY,
            StopReason.FOLLOWS_QUARANTINED);

    /** What a table that stands still may wait for. */
    private static final Set<StopReason> OF_TABLES = EnumSet.of(StopReason.UNKNOWN_COLUMN, StopReason.MISSING_COLUMN);

    private final JobSpec.Table table;
    private final OnBadRecord policy;
    private final byte[] placeholder;
    private final boolean mayLack;
    private final Predicate<RawRecord> isTruncation;
    private final MetricGroup metrics;
    private final Map<StopReason, Counter> counters = new EnumMap<>(StopReason.class);
    /** By key: where the records stand, and the positions of their changes, unsigned. */
    private final Map<ByteBuffer, Map<Place, Long>> open = new HashMap<>();

    private List<Entry> added = new ArrayList<>();
    private List<Place> superseded = new ArrayList<>();
    private long bytesAdded;
    private int entries;

    /**
     * An empty one.
     *
     * @param mayLack whether capture may not have some values of a change of this table
     * @param isTruncation whether a record says that the table was truncated
     * @param metrics the table's group: each record is counted there, by reason
     */
    public TableQuarantine(
            JobSpec spec,
            JobSpec.Table table,
            boolean mayLack,
            Predicate<RawRecord> isTruncation,
            MetricGroup metrics) {
        this.table = table;
        this.mayLack = mayLack;
        this.isTruncation = isTruncation;
        this.metrics = metrics;
        policy = spec.policies().onBadRecord();
        placeholder = spec.unavailableValuePlaceholder().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * What changed since the last time.
     *
     * @param added the records that went into quarantine
     * @param superseded those that need nobody's care any more
     */
    public record Changes(List<Entry> added, List<Place> superseded) {

        public boolean isEmpty() {
            return added.isEmpty() && superseded.isEmpty();
        }
    }

    /** Why a record must not be carried though it might be readable; empty if nothing speaks against it. */
    public Optional<JobStopped> doubt(RawRecord record) {
        // A truncation has no key. It is not waited for: what it leaves needs nothing of what was before.
        if (entries == 0 || record.key == null && (!table.appendOnly() || isTruncation.test(record))) {
            return Optional.empty();
        }
        if (policy == OnBadRecord.STOP_TABLE) {
            return Optional.of(follows(record, " comes after"));
        }
        boolean ofItsRow = isOpen(record.key) || isOpen(record.otherKey);
        return ofItsRow && buildsOnRowBefore(record) ? Optional.of(follows(record, " builds on")) : Optional.empty();
    }

    private JobStopped follows(RawRecord record, String how) {
        return new JobStopped(
                StopReason.FOLLOWS_QUARANTINED,
                "a record of table " + table.schema() + "." + table.name() + how + " one in quarantine ("
                        + place(record) + ")");
    }

    /** Whether values that the row had before are part of what the record means. */
    public boolean buildsOnRowBefore(RawRecord record) {
        return mayLack && (record.otherKey != null || lacksValues(record));
    }

    private boolean isOpen(byte @Nullable [] key) {
        return key != null && open.containsKey(ByteBuffer.wrap(key));
    }

    /** Whether the placeholder stands in it: searched for as bytes, since it is of letters that JSON leaves as they are. */
    private boolean lacksValues(RawRecord record) {
        return new String(record.value, StandardCharsets.ISO_8859_1)
                .contains(new String(placeholder, StandardCharsets.ISO_8859_1));
    }

    /**
     * Takes a record that cannot be carried.
     *
     * @param position of its change, unsigned
     * @return what it adds to {@link #size()}
     * @throws JobStopped when it must not be taken: by policy, or since more than the record is wrong
     */
    public long add(RawRecord record, JobStopped why, long position) {
        if (!takes(why.reason())) {
            throw why;
        }
        int most = policy == OnBadRecord.STOP_TABLE ? MOST_BEHIND : MOST;
        if (entries >= most) {
            throw new JobStopped(
                    StopReason.QUARANTINE_FULL,
                    most + " records of table " + table.schema() + "." + table.name()
                            + " are in quarantine, and no more are kept. The next one: "
                            + why.getMessage());
        }
        Entry entry = new Entry(place(record), table.target(), position, why, record);
        remember(record.key, entry.place(), position);
        added.add(entry);
        bytesAdded += entry.size();
        counters.computeIfAbsent(why.reason(), reason -> metrics.addGroup("reason", reason.label())
                        .counter("quarantined"))
                .inc();
        return entry.size();
    }

    private boolean takes(StopReason reason) {
        return switch (policy) {
            case STOP -> false;
            case STOP_TABLE -> OF_SINGLE_RECORDS.contains(reason) || OF_TABLES.contains(reason);
            case QUARANTINE -> OF_SINGLE_RECORDS.contains(reason);
        };
    }

    /** Keeps in mind what is in quarantine already. */
    public void remember(byte @Nullable [] key, Place place, long position) {
        Map<Place, Long> ofKey =
                open.computeIfAbsent(ByteBuffer.wrap(key == null ? new byte[0] : key), k -> new LinkedHashMap<>());
        if (ofKey.putIfAbsent(place, position) == null) {
            entries++;
        }
    }

    /** A record was carried, with all values that its row has. */
    public void carried(RawRecord record, long position) {
        // Of rows without a key none puts another one right.
        if (entries > 0 && record.key != null && !table.appendOnly()) {
            settle(ByteBuffer.wrap(record.key), position);
        }
    }

    /** All rows below this position are gone, whatever was in them. */
    public void truncated(long position) {
        for (ByteBuffer key : List.copyOf(open.keySet())) {
            settle(key, position);
        }
    }

    /** Settles what was put aside of a key up to this position. */
    private void settle(ByteBuffer key, long position) {
        Map<Place, Long> ofKey = open.getOrDefault(key, Map.of());
        List<Place> settled = ofKey.entrySet().stream()
                .filter(entry -> Long.compareUnsigned(entry.getValue(), position) <= 0)
                .map(Map.Entry::getKey)
                .toList();
        settled.forEach(ofKey::remove);
        if (ofKey.isEmpty()) {
            open.remove(key);
        }
        entries -= settled.size();
        superseded.addAll(settled);
    }

    private Place place(RawRecord record) {
        return new Place(table.topic(), record.partition, record.offset);
    }

    /** Hands over what changed, to be written. */
    public Changes take() {
        Changes changes = new Changes(added, superseded);
        added = new ArrayList<>();
        superseded = new ArrayList<>();
        bytesAdded = 0;
        return changes;
    }

    /** Roughly what the records take in memory that were not handed over yet. */
    public long size() {
        return bytesAdded;
    }
}
