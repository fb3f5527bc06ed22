package dev.tributary.operator.source.postgres;

import dev.tributary.operator.source.Finding;
import dev.tributary.operator.source.InspectionRequest;
import dev.tributary.operator.source.Reason;
import dev.tributary.operator.source.TableId;
import dev.tributary.operator.source.postgres.FoundPublication.Omission;
import dev.tributary.operator.source.postgres.FoundServer.SlotName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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

    /** What is wrong. */
    List<Finding> check(@Nullable FoundPublication found) {
        if (request.names().provided()) {
            checkProvided(found);
        } else {
            checkManaged(found);
        }
        return findings;
    }

    private void checkProvided(@Nullable FoundPublication found) {
        if (found == null) {
            note(
                    Reason.PublicationNotFound,
                    "publication " + name + " does not exist: CREATE PUBLICATION " + quoted + " FOR TABLE "
                            + SqlIdentifier.quoted(request.tables()) + " WITH (" + OPERATIONS
                            + ", publish_via_partition_root = true), or correct"
                            + " spec.source.postgresql.publication.name");
            return;
        }
        checkWhole(found, "");
        for (FoundTable table : tables) {
            if (!found.tables().containsKey(table.id())) {
                unsuitable("does not publish table " + table.id(), remedyForMissing(found, table), "");
            }
        }
    }

    private String remedyForMissing(FoundPublication found, FoundTable table) {
        if (table.kind().equals("p") && !found.viaRoot()) {
            return viaRoot();
        }
        return table.partitionOf() != null && found.viaRoot()
                ? "it publishes the changes of its partitions as those of " + table.partitionOf()
                        + ": list that one in spec.source.tables instead"
                : "ALTER PUBLICATION " + quoted + " ADD TABLE " + SqlIdentifier.quoted(table.id());
    }

    private String viaRoot() {
        return "ALTER PUBLICATION " + quoted + " SET (publish_via_partition_root = true)";
    }

    private void checkManaged(@Nullable FoundPublication found) {
        boolean capturing = server.slot() == SlotName.OURS;
        if (found == null) {
            if (capturing) {
                note(
                        Reason.PublicationNotFound,
                        "publication " + name + " was dropped while it was in use, and changes since then may be"
                                + " missing: delete this pipeline and create it again, so that all tables are read");
            } else {
                checkMayCreate();
                checkMayAdd(Set.of());
            }
        } else if (!found.isOurs(request.names())) {
            note(
                    Reason.PublicationNotOwned,
                    "publication " + name + " exists and Tributary did not make it for this pipeline: DROP PUBLICATION "
                            + quoted + ", or rename the pipeline");
        } else {
            checkOurs(found, capturing);
        }
    }

    private void checkOurs(FoundPublication found, boolean capturing) {
        if (capturing) {
            // Before the capture began, all of this is put right without asking.
            checkWhole(found, "; changes made meanwhile may be missing");
        }
        checkMayAdd(found.tables().keySet());
        boolean complete = tables.stream().allMatch(t -> found.tables().containsKey(t.id()));
        if (!complete && !found.owned()) {
            note(
                    Reason.PublicationNotPermitted,
                    "user " + request.settings().username() + " may not alter publication " + name
                            + ": ALTER PUBLICATION " + quoted + " OWNER TO " + role);
        }
    }

    private void checkWhole(FoundPublication found, String consequence) {
        if (!found.everyOperation()) {
            unsuitable(
                    "does not publish every kind of change",
                    "ALTER PUBLICATION " + quoted + " SET (" + OPERATIONS + ")",
                    consequence);
        }
        if (!request.names().provided() && !found.viaRoot()) {
            unsuitable("does not publish partitions as one table", viaRoot(), consequence);
        }
        for (FoundTable table : tables) {
            Set<Omission> omitted = found.tables().getOrDefault(table.id(), Set.of());
            if (!omitted.isEmpty()) {
                String sql = SqlIdentifier.quoted(table.id());
                unsuitable(
                        "has "
                                + new TreeSet<>(omitted)
                                        .stream().map(Omission::words).collect(Collectors.joining(" and "))
                                + " on table " + table.id(),
                        "ALTER PUBLICATION " + quoted + " DROP TABLE " + sql + "; ALTER PUBLICATION " + quoted
                                + " ADD TABLE " + sql,
                        consequence);
            }
        }
    }

    private void unsuitable(String what, String remedy, String consequence) {
        note(Reason.PublicationUnsuitable, "publication " + name + " " + what + ": " + remedy + consequence);
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
