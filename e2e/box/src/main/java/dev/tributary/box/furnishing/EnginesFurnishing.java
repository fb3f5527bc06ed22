package dev.tributary.box.furnishing;

import dev.tributary.box.controlplane.ApiServer;
import dev.tributary.box.controlplane.Definitions;
import dev.tributary.box.layout.BoxLayout;
import dev.tributary.box.standin.ForeignDefinitions;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;

/**
 * What a cluster has before Tributary comes: the kinds of Strimzi and of the Flink operator, the rights of those who play them,
 * Kafka and Connect.
 */
public record EnginesFurnishing(BoxLayout layout) implements ApiServer.Furnishing {

    @Override
    public void apply(KubernetesClient admin) throws IOException {
        Applied applied = new Applied(admin);
        ForeignDefinitions.install(admin);
        Definitions.awaitEstablished(admin);
        applied.resource("engines.yaml", text -> text.replace("BOX_KAFKA", layout.kafkaBootstrap()));
        applied.resource("rights.yaml", text -> text);
    }
}
