package dev.tributary.operator.source.postgres;

import dev.tributary.operator.source.Finding;
import dev.tributary.operator.source.InspectionRequest;
import dev.tributary.operator.source.Reason;
import dev.tributary.operator.source.TableId;
import dev.tributary.operator.source.postgres.FoundPublication.Omission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says what keeps a publication from carrying every change of the listed tables, or from being made. A publication leaves
 * things out without a word, so whatever it leaves out is refused. Asks nobody.
 */
final class PublicationPreflight {

    private static final String OPERATIONS = "publish = 'insert, update, delete, truncate'";

    private final InspectionRequest request;
    private final List<FoundTable> tables;
    private final FoundServer server;
    private final String name;
    private final String quoted;
    private final String role;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * @param tables those of the listed tables that exist and can be published
     */
    PublicationPreflight(InspectionRequest request, List<FoundTable> tables, FoundServer server) {
        this.request = request;
        this.tables = tables;
        this.server = server;
        this.name = request.names().publication();
        this.quoted = new SqlIdentifier(name).quoted();
        this.role = new SqlIdentifier(request.settings().username()).quoted();
    }

    /** What is wrong; what befell a capture that has begun is a loss, and no matter of this. */
    List<Finding> check(@Nullable FoundPublication found) {
        if (request.names().provided()) {
            checkProvided(found);
        } else {
            checkManaged(found);
        }
        return findings;
    }

    private void checkProvided(@Nullable FoundPublication found) {
        boolean capturing = !request.captured().isEmpty();
        if (found == null && !capturing) {
            note(
                    Reason.PublicationNotFound,
                    "publication " + name + " does not exist: CREATE PUBLICATION " + quoted + " FOR TABLE "
                            + SqlIdentifier.quoted(request.tables()) + " WITH (" + OPERATIONS
                            + ", publish_via_partition_root = true), or correct"
                            + " spec.source.postgresql.publication.name");
        }
        if (found == null) {
            return;
        }
        if (!capturing && !found.everyOperation()) {
            unsuitable(
                    "does not publish every kind of change",
                    "ALTER PUBLICATION " + quoted + " SET (" + OPERATIONS + ")");
        }
        tables.stream()
                .filter(t -> !request.captured().contains(t.id().toString()))
                .forEach(t -> checkProvided(found, t));
    }

    private void checkProvided(FoundPublication found, FoundTable table) {
        Set<Omission> omitted = found.tables().get(table.id());
        if (omitted == null) {
            unsuitable("does not publish table " + table.id(), remedyForMissing(found, table));
        } else if (!omitted.isEmpty()) {
            String sql = SqlIdentifier.quoted(table.id());
            unsuitable(
                    "has " + FoundPublication.words(omitted) + " on table " + table.id(),
                    "ALTER PUBLICATION " + quoted + " DROP TABLE " + sql + "; ALTER PUBLICATION " + quoted
                            + " ADD TABLE " + sql);
        }
    }

    private String remedyForMissing(FoundPublication found, FoundTable table) {
        if (table.kind().equals("p") && !found.viaRoot()) {
            return "ALTER PUBLICATION " + quoted + " SET (publish_via_partition_root = true)";
        }
        return table.partitionOf() != null && found.viaRoot()
                ? "it publishes the changes of its partitions as those of " + table.partitionOf()
                        + ": list that one in spec.source.tables instead"
                : "ALTER PUBLICATION " + quoted + " ADD TABLE " + SqlIdentifier.quoted(table.id());
    }

    private void checkManaged(@Nullable FoundPublication found) {
        if (found == null) {
            if (request.captured().isEmpty()) {
                checkMayCreate();
                checkMayAdd(Set.of());
            }
        } else if (!found.isOurs(request.names())) {
            note(
                    Reason.PublicationNotOwned,
                    "publication " + name + " exists and Tributary did not make it for this pipeline: DROP PUBLICATION "
                            + quoted + ", or rename the pipeline");
        } else {
            checkMayAlter(found);
        }
    }

    /** What else is wrong with a publication of ours is put right without asking, before the capture begins. */
    private void checkMayAlter(FoundPublication found) {
        checkMayAdd(found.tables().keySet());
        boolean complete = tables.stream().allMatch(t -> found.tables().containsKey(t.id()));
        if (!complete && !found.owned()) {
            note(
                    Reason.PublicationNotPermitted,
                    "user " + request.settings().username() + " may not alter publication " + name
                            + ": ALTER PUBLICATION " + quoted + " OWNER TO " + role);
        }
    }

    private void unsuitable(String what, String remedy) {
        note(Reason.PublicationUnsuitable, "publication " + name + " " + what + ": " + remedy);
    }

    private void checkMayCreate() {
        if (!server.mayCreate()) {
            note(
                    Reason.PublicationNotPermitted,
                    "user " + request.settings().username() + " may not create a publication: GRANT CREATE ON DATABASE "
                            + new SqlIdentifier(request.settings().database()).quoted() + " TO " + role + orProvided());
        }
    }

    /** Only a table's owner, or a member of it, may publish it. */
    private void checkMayAdd(Set<TableId> published) {
        Map<String, String> foreign = tables.stream()
                .filter(t -> !t.owned() && !published.contains(t.id()))
                .collect(Collectors.groupingBy(
                        FoundTable::owner,
                        TreeMap::new,
                        Collectors.mapping(t -> t.id().toString(), Collectors.joining(", "))));
        foreign.forEach((owner, names) -> note(
                Reason.PublicationNotPermitted,
                "user " + request.settings().username() + " may not publish " + names + ", which " + owner
                        + " owns: GRANT " + new SqlIdentifier(owner).quoted() + " TO " + role + orProvided()));
    }

    private static String orProvided() {
        return ", or have a publication made and set spec.source.postgresql.publication to Provided";
    }

    private void note(Reason reason, String message) {
        findings.add(new Finding(reason, message));
    }
}
