package dev.tributary.operator.pipeline;

import dev.tributary.operator.apply.Renewal;
import dev.tributary.operator.claim.ClaimedPipeline;
import dev.tributary.operator.claim.Epoch;
import dev.tributary.operator.claim.Identity;
import dev.tributary.operator.claim.Loss;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.StageResult;
import dev.tributary.operator.source.CapturePlace;
import dev.tributary.operator.source.Finding;
import dev.tributary.operator.source.Inspection;
import dev.tributary.operator.source.InspectionRequest;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a look at the source means: it can be captured, it must be put right first, or changes are lost. */
final class SourceVerdict {

    /** What befalls a capture that runs, and cannot be put right by putting the source right. */
    private static final Set<dev.tributary.operator.source.Reason> KEYS_LOST = EnumSet.of(
            dev.tributary.operator.source.Reason.ReplicaIdentityChanged,
            dev.tributary.operator.source.Reason.KeyNotUnique);

    private SourceVerdict() {}

    static StageResult of(
            Inspection inspection,
            Identity identity,
            ClaimedPipeline claimed,
            CapturePlace wanted,
            InspectionRequest request) {
        Epoch epoch = claimed.epoch();
        return switch (inspection) {
            case Inspection.Refused refused
            when epoch.readsOtherDatabaseThan(wanted) && isOwnSlotOnly(refused) ->
                databaseChanged(identity, claimed, wanted);
            case Inspection.Refused refused
            when !epoch.readsOtherDatabaseThan(wanted) && keysLost(refused).isPresent() ->
                new StageResult.Lost(
                        Reason.valueOf(keysLost(refused).get().reason().name()),
                        keysLost(refused).get().message());
            case Inspection.Refused refused ->
                new StageResult.Blocked(
                        Reason.valueOf(refused.findings().get(0).reason().name()),
                        refused.findings().stream().map(Finding::message).collect(Collectors.joining(". ")));
            case Inspection.Found found -> {
                Optional<Loss> loss = epoch.lossWith(found.catalog().server());
                if (loss.isPresent()) {
                    yield new StageResult.Lost(loss.get().reason(), loss.get().message());
                }
                yield epoch.readsOtherDatabaseThan(wanted)
                        ? databaseChanged(identity, claimed, wanted)
                        : inspected(found, request);
            }
        };
    }

    private static Optional<Finding> keysLost(Inspection.Refused refused) {
        return refused.findings().stream()
                .filter(f -> KEYS_LOST.contains(f.reason()))
                .findFirst();
    }

    /** On the same server the slot of the database that is captured stands in the way of the new one's. */
    private static boolean isOwnSlotOnly(Inspection.Refused refused) {
        return refused.findings().stream()
                .allMatch(f -> f.reason() == dev.tributary.operator.source.Reason.PublicationNotOwned);
    }

    /** Two databases have nothing in common but a name in a spec; the capture goes on where it is until one is chosen. */
    private static StageResult databaseChanged(Identity identity, ClaimedPipeline claimed, CapturePlace wanted) {
        String captured = claimed.epoch().placeOr(wanted).database();
        return new StageResult.Blocked(
                Reason.DatabaseChanged,
                "database " + captured + " is captured, and still is: set spec.source.postgresql.database back to it,"
                        + " or, to have what is in ClickHouse replaced by database " + wanted.database() + ": "
                        + Renewal.command(identity, claimed));
    }

    private static StageResult inspected(Inspection.Found found, InspectionRequest request) {
        String notes = found.notes().isEmpty() ? "" : "; " + String.join("; ", found.notes());
        return new StageResult.Ready(
                Reason.Inspected,
                "database " + request.settings().database() + " can be captured: "
                        + found.catalog().tables().size() + " tables" + notes);
    }
}
