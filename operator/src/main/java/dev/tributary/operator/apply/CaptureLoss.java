package dev.tributary.operator.apply;

import dev.tributary.operator.claim.Identity;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.StageResult;
import dev.tributary.operator.source.CaptureLook;
import dev.tributary.operator.source.CaptureNames;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What of a running capture is gone at the source, and between which positions changes are lost, as far as is known. */
@ApplicationScoped
class CaptureLoss {

    /** The position confirmed to each slot when all was last seen to be well. */
    private final Map<Identity, String> confirmed = new ConcurrentHashMap<>();

    /** The loss that a look shows; the most basic one first. */
    Optional<StageResult> in(Pass pass, CaptureLook.Seen seen) {
        CaptureNames names = pass.plan().capture().names();
        Optional<StageResult> replaced = pass.claimed()
                .epoch()
                .lossWith(seen.server())
                .map(loss -> new StageResult.Lost(loss.reason(), loss.message()));
        if (replaced.isPresent()) {
            return replaced;
        }
        if (!seen.publicationExists()) {
            return Optional.of(publicationMissing(pass, " to " + seen.position()));
        }
        if (!seen.omissions().isEmpty()) {
            return lost(
                    Reason.PublicationAltered,
                    "publication " + names.publication() + " was altered and " + String.join(", and ", seen.omissions())
                            + ": changes that it left out" + since(pass) + " to " + seen.position()
                            + " are not in the slot");
        }
        if (!pass.claimed().epoch().complete()) {
            // Debezium makes the slot with its snapshot.
            return Optional.empty();
        }
        if (seen.slot() == null) {
            return lost(
                    Reason.SlotMissing,
                    "replication slot " + names.slot() + " is gone: changes" + since(pass) + " to " + seen.position()
                            + " are lost, and those after it");
        }
        if ("lost".equals(seen.slot().walStatus())) {
            return lost(
                    Reason.SlotInvalidated,
                    "replication slot " + names.slot()
                            + " was given up by the server (see max_slot_wal_keep_size): changes from "
                            + seen.slot().confirmedLsn() + " to " + seen.position() + " are lost, and those after it");
        }
        if (seen.slot().confirmedLsn() != null) {
            confirmed.put(pass.plan().identity(), seen.slot().confirmedLsn());
        }
        return Optional.empty();
    }

    private StageResult publicationMissing(Pass pass, String until) {
        return new StageResult.Lost(
                Reason.PublicationMissing,
                "publication " + pass.plan().capture().names().publication() + " was dropped: changes made without it"
                        + since(pass) + until + " are not in the slot");
    }

    private String since(Pass pass) {
        String known = confirmed.get(pass.plan().identity());
        return known == null ? "" : " from " + known;
    }

    private static Optional<StageResult> lost(Reason reason, String message) {
        return Optional.of(new StageResult.Lost(reason, message));
    }
}
