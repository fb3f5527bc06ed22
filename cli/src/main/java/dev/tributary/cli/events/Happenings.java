package dev.tributary.cli.events;

import dev.tributary.api.v1alpha1.TenantPipeline;
import dev.tributary.cli.cluster.EngineObject;
import dev.tributary.cli.cluster.EngineObjects;
import dev.tributary.cli.cluster.Refused;
import dev.tributary.cli.cluster.Table;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What happened to pipelines and to what they are made of, the oldest first. Kubernetes keeps events for an hour, unless its
 * administrator says otherwise.
 *
 * @param events in the order of time
 * @param unread why something could not be read, a sentence each
 */
public record Happenings(List<Event> events, List<String> unread) {

    /** Of these pipelines, and of the KafkaTopics, KafkaConnectors and FlinkDeployments that carry their labels. */
    public static Happenings of(List<TenantPipeline> pipelines, KubernetesClient client) {
        Map<String, Set<String>> about = new HashMap<>();
        List<String> unread = new ArrayList<>();
        for (TenantPipeline pipeline : pipelines) {
            note(
                    about,
                    "TenantPipeline",
                    pipeline.getMetadata().getNamespace(),
                    pipeline.getMetadata().getName());
            EngineObjects objects = EngineObjects.of(pipeline, client);
            for (EngineObject object : objects.found()) {
                note(about, object.kind().name(), object.namespace(), object.name());
            }
            unread.addAll(objects.unread());
        }
        List<Event> events = new ArrayList<>();
        about.forEach((namespace, objects) -> {
            try {
                client.v1().events().inNamespace(namespace).list().getItems().stream()
                        .filter(event -> objects.contains(key(event)))
                        .forEach(events::add);
            } catch (KubernetesClientException e) {
                unread.add("events in namespace " + namespace + ": "
                        + Refused.of(e).why());
            }
        });
        return new Happenings(
                events.stream()
                        .sorted(Comparator.comparing(Happenings::last).thenComparing(Happenings::written))
                        .toList(),
                List.copyOf(unread));
    }

    private static void note(Map<String, Set<String>> about, String kind, String namespace, String name) {
        about.computeIfAbsent(namespace, n -> new HashSet<>()).add(kind + "/" + name);
    }

    private static String key(Event event) {
        ObjectReference object = event.getInvolvedObject();
        return object.getKind() + "/" + object.getName();
    }

    /** When it last happened; whoever writes events chooses among four fields. ISO 8601, so that texts are in order. */
    private static String last(Event event) {
        if (event.getSeries() != null && event.getSeries().getLastObservedTime() != null) {
            return event.getSeries().getLastObservedTime().getTime();
        }
        if (event.getLastTimestamp() != null) {
            return event.getLastTimestamp();
        }
        return event.getEventTime() == null
                ? event.getMetadata().getCreationTimestamp()
                : event.getEventTime().getTime();
    }

    /** Times are in seconds; the API server counts its writes. */
    private static long written(Event event) {
        try {
            return Long.parseLong(event.getMetadata().getResourceVersion());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** For people. */
    public List<String> lines() {
        Table table = new Table("TIME", "TYPE", "OBJECT", "REASON", "MESSAGE");
        for (Event event : events) {
            ObjectReference object = event.getInvolvedObject();
            boolean repeated = event.getCount() != null && event.getCount() > 1;
            table.row(
                    last(event),
                    event.getType(),
                    object.getKind() + " " + object.getNamespace() + "/" + object.getName(),
                    event.getReason(),
                    event.getMessage().strip().replace('\n', ' ')
                            + (repeated ? " (" + event.getCount() + " times)" : ""));
        }
        List<String> lines = new ArrayList<>(
                events.isEmpty()
                        ? List.of("No event is left: Kubernetes keeps them for an hour, unless told otherwise.")
                        : table.lines());
        unread.forEach(why -> lines.add("not known: " + why));
        return lines;
    }
}
