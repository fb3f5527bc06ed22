package dev.tributary.cli.status;

import dev.tributary.api.v1alpha1.TenantPipeline;
import dev.tributary.cli.cluster.Age;
import dev.tributary.cli.cluster.Conditions;
import dev.tributary.cli.cluster.Table;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Many pipelines, a line each, the worst first. */
public final class Fleet {

    private Fleet() {}

    /** The table. */
    public static List<String> table(List<TenantPipeline> pipelines, Instant now) {
        Table table = new Table("NAMESPACE", "NAME", "TENANT", "STATE", "SINCE", "TABLES", "REASON", "MESSAGE");
        pipelines.stream()
                .sorted(Comparator.comparing(State::of)
                        .thenComparing(p -> p.getMetadata().getNamespace())
                        .thenComparing(p -> p.getMetadata().getName()))
                .forEach(p -> row(table, p, now));
        return table.lines();
    }

    private static void row(Table table, TenantPipeline pipeline, Instant now) {
        Optional<Condition> ready = Conditions.find(Conditions.of(pipeline), "Ready");
        String tables =
                pipeline.getStatus() == null ? null : pipeline.getStatus().tables();
        table.row(
                pipeline.getMetadata().getNamespace(),
                pipeline.getMetadata().getName(),
                pipeline.getSpec().tenant(),
                State.of(pipeline).shown(),
                Age.since(State.since(pipeline), now),
                tables == null ? "" : tables,
                ready.map(Condition::getReason).orElse(""),
                ready.map(Condition::getMessage).orElse("the operator has not looked at it"));
    }
}
