package dev.tributary.box.furnishing;

import dev.tributary.box.clickhouse.ClickHouseServer;
import dev.tributary.box.controlplane.ApiServer;
import dev.tributary.box.controlplane.Definitions;
import dev.tributary.box.layout.BoxLayout;
import dev.tributary.box.layout.Passwords;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The engines' part, and Tributary: its kinds, its release with the default class, the Secrets that hold generated passwords. */
public final class BoxFurnishing implements ApiServer.Furnishing {

    private final BoxLayout layout;
    private final Passwords passwords;

    public BoxFurnishing(BoxLayout layout, Passwords passwords) {
        this.layout = layout;
        this.passwords = passwords;
    }

    @Override
    public void apply(KubernetesClient admin) throws IOException, InterruptedException {
        new EnginesFurnishing(layout).apply(admin);
        Applied applied = new Applied(admin);
        for (Path file : layout.checkout().customResourceDefinitions()) {
            applied.yaml(Files.readString(file));
        }
        Definitions.awaitEstablished(admin);
        applied.resource("tributary.yaml", text -> text);
        applied.object(secret("tributary-system", "clickhouse-admin", ClickHouseServer.ADMIN, passwords.clickHouse()));
        applied.object(secret("acme", "shop-db", "shop", passwords.shop()));
        new TributaryRelease(layout)
                .apply(Applied.text("release-values.yaml")
                        .replace("BOX_CLICKHOUSE_URL", layout.clickHouseUrl())
                        .replace("BOX_FLINK_STATE", layout.flinkState().toUri().toString()));
    }

    private static Secret secret(String namespace, String name, String username, String password) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withStringData(Map.of("username", username, "password", password))
                .build();
    }
}
