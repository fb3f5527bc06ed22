package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.api.v1alpha1.TenantPipeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples do what their READMEs say. */
@ExtendWith(BoxExtension.class)
class SamplesTest {

    private final TestBox box;

    SamplesTest(TestBox box) {
        this.box = box;
    }

    @Test
    void quickstart() {
        Postgres shop = new Postgres(box.address(), "shop", "shop", box.shopPassword());
        shop.run(sample("quickstart/seed.sql"));

        apply("quickstart/acme.yaml");

        awaitReady("acme", "shop");
        awaitEqual(shop, "customers", "acme.customers", "id");
        awaitEqual(shop, "orders", "acme.orders", "id");
        awaitEqual(shop, "order_items", "acme.order_items", "order_id", "line");
        delete("acme", "shop");
    }

    @Test
    void secondTenant() {
        for (String statement : sample("second-tenant/database.sql").split(";\\s*\n")) {
            box.postgres().run(statement);
        }
        box.postgres().in("warehouse").run(sample("second-tenant/seed.sql"));

        apply("second-tenant/globex.yaml");

        awaitReady("globex", "warehouse");
        awaitEqual(box.postgres().in("warehouse"), "stock.items", "globex.stock_items", "sku");
        assertThat(told("status", "warehouse", "-n", "globex"))
                .contains("Ready for ", "database globex", "topic globex.warehouse.stock.items")
                .containsPattern("KafkaConnector kafka/globex-warehouse-\\S+ +RUNNING")
                .containsPattern("FlinkDeployment flink/globex-warehouse-\\S+ +RUNNING");
        assertThat(told("events", "warehouse", "--namespace=globex"))
                .containsSubsequence(
                        "Accepted: tenant globex",
                        "SourceReady: ",
                        "KafkaReady: ",
                        "SnapshotComplete: every listed table");
        delete("globex", "warehouse");
        await().atMost(Client.PATIENCE).untilAsserted(() -> assertThat(told("status", "warehouse", "-n", "globex"))
                .contains("it left what deletionPolicy Retain keeps", "globex.warehouse.stock.items", "stock_items"));
    }

    private String told(String... arguments) {
        Kubectl.Result result = box.kubectl().tributary(arguments);
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output();
    }

    /** GitOpsTest has Argo CD take such a repository; this sees in seconds that our kinds are still written so. */
    @ParameterizedTest
    @ValueSource(strings = {"classes/standard.yaml", "tenants/acme/shop.yaml", "tenants/globex/warehouse.yaml"})
    void gitOps(String file) {
        Kubectl.Result result = box.kubectl(
                sample("gitops/" + file),
                "apply",
                "--namespace=default",
                "--server-side",
                "--force-conflicts",
                "--dry-run=server",
                "--validate=strict",
                "--output=jsonpath={.status.observedGeneration}",
                "-f",
                "-");

        // The class is the box's own; the others are new, and say that nobody has looked at them yet.
        assertThat(result).isEqualTo(new Kubectl.Result(0, file.startsWith("classes/") ? "1" : "-1"));
    }

    private void apply(String file) {
        Kubectl.Result result = box.kubectl(sample(file), "apply", "-f", "-");
        assertThat(result.exitCode()).as(result.output()).isZero();
    }

    private String sample(String file) {
        try {
            return Files.readString(box.layout().checkout().sample(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady(String namespace, String name) {
        await().atMost(Client.PATIENCE).untilAsserted(() -> assertThat(box.kubectl(
                                "",
                                "-n",
                                namespace,
                                "wait",
                                "--for=condition=Ready",
                                "--timeout=5s",
                                "tenantpipeline/" + name)
                        .output())
                .contains("condition met"));
        // The columns that a user sees first.
        assertThat(box.kubectl("", "-n", namespace, "get", "tenantpipelines").output())
                .containsPattern("NAME +TENANT +SOURCE +TABLES +READY +AGE\\s+" + name + " +" + namespace
                        + " +postgresql +(\\d+)/\\1 +True +");
    }

    private void awaitEqual(Postgres source, String table, String target, String... keys) {
        await().atMost(Client.PATIENCE).untilAsserted(() -> assertThat(
                        SourceEqualsSink.differences(source, box.clickHouse(), table, target, List.of(keys)))
                .isEmpty());
    }

    private void delete(String namespace, String name) {
        box.kubernetes()
                .resources(TenantPipeline.class)
                .inNamespace(namespace)
                .withName(name)
                .delete();
    }
}
