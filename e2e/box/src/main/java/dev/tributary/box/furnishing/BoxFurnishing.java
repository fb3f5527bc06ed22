package dev.tributary.box.furnishing;

import dev.tributary.box.clickhouse.ClickHouseServer;
import dev.tributary.box.controlplane.ApiServer;
import dev.tributary.box.layout.BoxLayout;
import dev.tributary.box.layout.Passwords;
import dev.tributary.box.standin.ForeignDefinitions;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Kinds, namespaces, rights, the engines' resources, the default class, and the Secrets that hold generated passwords. */
public final class BoxFurnishing implements ApiServer.Furnishing {

    private final BoxLayout layout;
    private final Passwords passwords;

    public BoxFurnishing(BoxLayout layout, Passwords passwords) {
        this.layout = layout;
        this.passwords = passwords;
    }

    @Override
    public void apply(KubernetesClient admin) throws IOException, InterruptedException {
        Applied applied = new Applied(admin);
        for (Path file : layout.checkout().customResourceDefinitions()) {
            applied.yaml(Files.readString(file));
        }
        ForeignDefinitions.install(admin);
        awaitEstablished(admin);
        applied.yaml(resource("namespaces.yaml"));
        applied.yaml(resource("rights.yaml"));
        applied.object(secret("tributary-system", "clickhouse-admin", ClickHouseServer.ADMIN, passwords.clickHouse()));
        applied.object(secret("acme", "shop-db", "shop", passwords.shop()));
        applied.yaml(resource("engines.yaml").replace("BOX_KAFKA", layout.kafkaBootstrap()));
        new TributaryRelease(layout)
                .apply(resource("release-values.yaml")
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

    private static void awaitEstablished(KubernetesClient admin) {
        List<CustomResourceDefinition> ours =
                admin.apiextensions().v1().customResourceDefinitions().list().getItems();
        ours.forEach(definition ->
                admin.resource(definition).waitUntilCondition(BoxFurnishing::isEstablished, 30, TimeUnit.SECONDS));
    }

    private static boolean isEstablished(CustomResourceDefinition definition) {
        return definition != null
                && definition.getStatus() != null
                && definition.getStatus().getConditions() != null
                && definition.getStatus().getConditions().stream()
                        .anyMatch(c -> c.getType().equals("Established")
                                && c.getStatus().equals("True"));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = BoxFurnishing.class.getResourceAsStream("/furnishing/" + name)) {
            if (in == null) {
                throw new IOException("/furnishing/" + name + " is missing from the box's jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
