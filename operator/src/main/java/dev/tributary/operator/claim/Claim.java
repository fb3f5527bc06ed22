package dev.tributary.operator.claim;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A tenant's owner.
 *
 * @param tenant the tenant id
 * @param namespace the only namespace whose pipelines may serve this tenant
 * @param pipelines the pipelines that serve or served it, by name
 */
public record Claim(String tenant, String namespace, Map<String, ClaimedPipeline> pipelines) {

    public Claim {
        pipelines = Map.copyOf(pipelines);
    }

    /** What is remembered of a pipeline. */
    public Optional<ClaimedPipeline> pipeline(String name) {
        return Optional.ofNullable(pipelines.get(name));
    }

    /** The ClickHouse tables that other pipelines of the tenant write to, and which pipeline does. */
    public Map<String, String> targetsOfOthers(String name) {
        return pipelines.entrySet().stream()
                .filter(e -> !e.getKey().equals(name))
                .flatMap(e -> e.getValue().targets().stream().map(t -> Map.entry(t, e.getKey())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
    }
}
