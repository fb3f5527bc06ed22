package dev.tributary.operator.claim;

import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.source.CapturePlace;
import dev.tributary.operator.source.ServerIdentity;
import dev.tributary.operator.source.TableId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to have all of a source: a snapshot and the changes after it, from one slot on one server. Whatever breaks
 * that line begins a new epoch.
 *
 * @param number the upper bits of every {@code _version}: 1 to 65535
 * @param startOffsets where the epoch begins in each topic that was there before it, by partition; empty in the first
 * @param server the server its slot is made on; null until the capture is about to begin
 * @param place where its slot and publication are; null until the capture is about to begin
 * @param tables the source's tables it reads, {@code schema.name}; empty until the capture is about to begin
 * @param keys by table the columns of the key that was declared for it, none if it is append-only; only of tables where
 *     it is not the primary key
 * @param interrupted how many snapshots in a row broke off, up to now
 * @param complete whether every listed table was read, and the rows of older epochs that were not read again are gone
 */
public record Epoch(
        int number,
        Map<String, List<Long>> startOffsets,
        @Nullable ServerIdentity server,
        @Nullable CapturePlace place,
        List<String> tables,
        Map<String, List<String>> keys,
        int interrupted,
        boolean complete) {

    static final Epoch FIRST = new Epoch(1, Map.of(), null, null, List.of(), Map.of(), 0, false);

    private static final int LAST = 0xFFFF;

    public Epoch {
        startOffsets = Collections.unmodifiableMap(new TreeMap<>(startOffsets));
        tables = List.copyOf(tables);
        // Older operators knew of none.
        keys = keys == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(keys));
    }

    /** The tables that it reads with the keys that are wanted now. */
    public Set<String> tablesWith(Map<String, List<String>> wanted) {
        return tables.stream()
                .filter(table -> Objects.equals(keys.get(table), wanted.get(table)))
                .collect(Collectors.toSet());
    }

    /** Whether its capture has begun, so that a publication or slot that is missing is missed. */
    public boolean begun() {
        return server != null;
    }

    /** Where its slot and publication are; where the spec wants them, as long as nothing was made. */
    public CapturePlace placeOr(CapturePlace wanted) {
        return place == null ? wanted : place;
    }

    /** Whether its slot is on another server than the one that answered, which then knows nothing of it. */
    public boolean isOnOtherServerThan(Optional<ServerIdentity> answered) {
        return server != null && answered.filter(now -> !now.equals(server)).isPresent();
    }

    /** Whether its capture has begun and reads all of these tables. */
    public boolean reads(List<TableId> listed) {
        return begun() && listed.stream().map(TableId::toString).allMatch(tables::contains);
    }

    /** Whether the spec now wants another database read than the one that is captured; another host may lead to the same. */
    public boolean readsOtherDatabaseThan(CapturePlace wanted) {
        return place != null && !place.database().equals(wanted.database());
    }

    /** What is lost when this server answers now; nothing when it is the one that the slot was made on. */
    public Optional<Loss> lossWith(ServerIdentity now) {
        if (server == null || server.equals(now)) {
            return Optional.empty();
        }
        return Optional.of(
                server.systemIdentifier().equals(now.systemIdentifier())
                        ? new Loss(
                                Reason.TimelineChanged,
                                "the source is on timeline " + now.timeline() + ", and was captured on timeline "
                                        + server.timeline()
                                        + ": it was restored, or a replica was promoted, and changes in between may be"
                                        + " missing")
                        : new Loss(
                                Reason.ServerReplaced,
                                "the source is another server (system identifier " + now.systemIdentifier()
                                        + ", captured was " + server.systemIdentifier() + ")"));
    }

    Epoch begun(
            ServerIdentity onServer, CapturePlace itsPlace, List<String> itsTables, Map<String, List<String>> itsKeys) {
        return new Epoch(
                number,
                startOffsets,
                server == null ? onServer : server,
                itsPlace,
                itsTables,
                itsKeys,
                interrupted,
                complete);
    }

    Epoch completed() {
        return new Epoch(number, startOffsets, server, place, tables, keys, 0, true);
    }

    Epoch takenAway() {
        return new Epoch(number, startOffsets, server, null, tables, keys, interrupted, complete);
    }

    Epoch interrupted(int times) {
        return new Epoch(number, startOffsets, server, place, tables, keys, times, complete);
    }

    /** The one after it. */
    Epoch next(Map<String, List<Long>> nextStartOffsets) {
        if (number == LAST) {
            throw new IllegalStateException("epoch " + LAST + " is the last: make a pipeline of another name");
        }
        return new Epoch(number + 1, nextStartOffsets, null, null, List.of(), Map.of(), interrupted, false);
    }
}
