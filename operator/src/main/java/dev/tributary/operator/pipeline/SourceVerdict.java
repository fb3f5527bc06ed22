package dev.tributary.operator.pipeline;

import dev.tributary.operator.claim.Epoch;
import dev.tributary.operator.claim.Loss;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.StageResult;
import dev.tributary.operator.source.Finding;
import dev.tributary.operator.source.Inspection;
import dev.tributary.operator.source.InspectionRequest;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a look at the source means: it can be captured, it must be put right first, or changes are lost. */
final class SourceVerdict {

    private SourceVerdict() {}

    static StageResult of(Inspection inspection, Epoch epoch, InspectionRequest request) {
        return switch (inspection) {
            case Inspection.Refused refused ->
                new StageResult.Blocked(
                        Reason.valueOf(refused.findings().get(0).reason().name()),
                        refused.findings().stream().map(Finding::message).collect(Collectors.joining(". ")));
            case Inspection.Found found -> {
                Optional<Loss> loss = epoch.lossWith(found.catalog().server());
                yield loss.isPresent()
                        ? new StageResult.Lost(loss.get().reason(), loss.get().message())
                        : inspected(found, request);
            }
        };
    }

    private static StageResult inspected(Inspection.Found found, InspectionRequest request) {
        String notes = found.notes().isEmpty() ? "" : "; " + String.join("; ", found.notes());
        return new StageResult.Ready(
                Reason.Inspected,
                "database " + request.settings().database() + " can be captured: "
                        + found.catalog().tables().size() + " tables" + notes);
    }
}
