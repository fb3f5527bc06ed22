package dev.tributary.box.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Writes a resource's status, and only when it says something new: a steady resource costs no write. */
public final class StatusWriter {

    private static final String CONDITIONS = "conditions";
    private static final String TRANSITION = "lastTransitionTime";

    private final KubernetesClient client;
    private final ResourceDefinitionContext kind;
    private final Clock clock;

    public StatusWriter(KubernetesClient client, ResourceDefinitionContext kind, Clock clock) {
        this.client = client;
        this.kind = kind;
        this.clock = clock;
    }

    /**
     * Replaces the status of the resource.
     *
     * @param status without conditions
     * @param conditions one that was there with the same status keeps the time of its last transition
     */
    public void write(GenericKubernetesResource resource, ObjectNode status, List<Condition> conditions) {
        JsonNode before = Json.tree(resource.getAdditionalProperties().get("status"));
        ObjectNode after = status.deepCopy();
        ArrayNode list = after.putArray(CONDITIONS);
        conditions.forEach(condition -> list.add(condition.json()));
        if (withoutTimes(before).equals(withoutTimes(Json.tree(after)))) {
            return;
        }
        for (JsonNode condition : list) {
            ((ObjectNode) condition).put(TRANSITION, transitionTime(before.path(CONDITIONS), condition));
        }
        replace(resource, after);
    }

    /** Replaces the status of the resource when it differs. */
    public void write(GenericKubernetesResource resource, ObjectNode status) {
        if (!Json.tree(resource.getAdditionalProperties().get("status")).equals(Json.tree(status))) {
            replace(resource, status);
        }
    }

    private void replace(GenericKubernetesResource resource, ObjectNode status) {
        client.genericKubernetesResources(kind)
                .inNamespace(resource.getMetadata().getNamespace())
                .withName(resource.getMetadata().getName())
                .editStatus(current -> {
                    current.setAdditionalProperty("status", Json.map(status));
                    return current;
                });
    }

    private String transitionTime(JsonNode before, JsonNode condition) {
        for (JsonNode old : before) {
            if (old.path("type").equals(condition.path("type"))
                    && old.path("status").equals(condition.path("status"))
                    && old.hasNonNull(TRANSITION)) {
                return old.path(TRANSITION).asText();
            }
        }
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static JsonNode withoutTimes(JsonNode status) {
        JsonNode copy = status.deepCopy();
        for (JsonNode condition : copy.path(CONDITIONS)) {
            ((ObjectNode) condition).remove(TRANSITION);
        }
        return copy;
    }
}
