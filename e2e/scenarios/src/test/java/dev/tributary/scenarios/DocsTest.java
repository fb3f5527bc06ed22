package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.box.Contents;
import dev.tributary.box.cache.UserCache;
import dev.tributary.box.layout.Checkout;
import dev.tributary.box.layout.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Follows the pages on a cluster without Tributary, with the real kubectl, helm and argocd. Stand-ins: for Strimzi and the Flink
 * Kubernetes Operator, which are there from the beginning with Kafka and Connect; and for the operator's pods, since no kubelet
 * starts any: once the page waits for them, the operator's process is started.
 */
@Tag("long")
class DocsTest {

    private static final String INSTALL = "docs/install.md";
    private static final String GITOPS = "docs/gitops.md";
    private static final String KUBECTL = "docs/kubectl.md";
    private static final String OPERATE = "docs/operate.md";

    /** Those with commands that are run here. */
    static final Set<String> PAGES = Set.of(INSTALL, GITOPS, KUBECTL, OPERATE);

    /** What the page says to wait for where the operator is a process. */
    private static final String WAIT_FOR_PODS = "kubectl rollout status";

    private static final Set<String> LAST = Set.of("Upgrade", "Uninstall");

    private static TestBox box;
    private static Reader reader;

    @BeforeAll
    static void start() throws Exception {
        UserCache cache = UserCache.ofUser();
        Path helm = new HelmProgram(cache).folder(System.out::println);
        Path argoCd = ArgoCdProgram.fetch(cache, System.out::println).folder();
        Checkout checkout = Checkout.current();
        box = TestBox.start(checkout, Path.of("target", "docs-box"), Contents.ENGINES);
        List<Path> programs = List.of(helm, argoCd, box.controlPlane(), checkout.kubectlPlugin());
        reader = Reader.with(
                checkout.root(),
                Path.of("target", "docs-reader"),
                Map.of(
                        "PATH",
                                String.join(
                                                ":",
                                                programs.stream()
                                                        .map(Path::toString)
                                                        .toList()) + ":" + System.getenv("PATH"),
                        "KUBECONFIG", box.layout().kubeconfig(Identity.ADMIN).toString(),
                        "JAVA_HOME", System.getProperty("java.home")));
    }

    @AfterAll
    static void stop() throws Exception {
        box.close();
    }

    @Test
    void whoFollowsThePagesGetsWhatTheySay() throws Exception {
        // Given: what a reader has beside the repository: a client's database, Argo CD's ConfigMap, and values of their
        // own.
        Postgres shop = new Postgres(box.address(), "shop", "shop", box.shopPassword());
        shop.run(Files.readString(box.layout().checkout().sample("quickstart/seed.sql")));
        apply("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: argocd}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: argocd-cm, namespace: argocd, labels: {app.kubernetes.io/part-of: argocd}}
                """);
        fillIn();

        // When: they follow the page.
        follow(INSTALL, block -> !LAST.contains(block.section()));

        // Then: changes arrive, and so they do after each further page; without an operator too, as the last one says.
        assertThatChangesArrive(shop, "installed");
        follow(GITOPS, block -> true);
        follow(KUBECTL, block -> true);
        follow(OPERATE, block -> true);
        assertThatChangesArrive(shop, "taken back");
        follow(INSTALL, block -> LAST.contains(block.section()));
        assertThatChangesArrive(shop, "uninstalled");
        assertThat(names("deployments", "--namespace=tributary-system")).isEmpty();
        assertThat(names("pipelineclasses")).contains("pipelineclass.tributary.dev/standard");
        assertThat(names("tenantpipelines", "--namespace=acme")).contains("tenantpipeline.tributary.dev/shop");
    }

    /** What the pages leave to the reader: logins, and in the class what this platform has. */
    private static void fillIn() throws IOException {
        reader.write(
                "clickhouse.env",
                login(box.clickHouse().user(), box.clickHouse().password()));
        reader.write("shop-db.env", login("shop", box.shopPassword()));
        String classes = "samples/platform/classes.yaml";
        reader.edit(classes, "registry.example/tributary/flink-job:0.1.0-SNAPSHOT", "tributary/flink-job:dev");
        reader.edit(
                classes,
                "s3://tributary-state/flink",
                box.layout().flinkState().toUri().toString());
        reader.edit(
                classes, "http://clickhouse.clickhouse.svc:8123", box.layout().clickHouseUrl());
        reader.edit(classes, "replicas: 3", "replicas: 1");
        reader.edit(classes, "memory: 4096m", "memory: 1024m");
    }

    private static String login(String username, String password) {
        return "username=" + username + "\npassword=" + password + "\n";
    }

    private static void follow(String page, Predicate<Page.Block> which) throws IOException, InterruptedException {
        List<Page.Block> blocks = Page.read(box.layout().checkout().root(), page).blocks().stream()
                .filter(which)
                .toList();
        assertThat(blocks).as(page).anyMatch(block -> block.mark() instanceof Page.Mark.Run);
        for (Page.Block block : blocks) {
            if (block.mark() instanceof Page.Mark.Run) {
                reader.type(block.commands());
            } else if (block.commands().startsWith(WAIT_FOR_PODS)) {
                box.startOperator();
            }
        }
    }

    private static void apply(String yaml) {
        Kubectl.Result result = box.kubectl(yaml, "apply", "-f", "-");
        assertThat(result.exitCode()).as(result.output()).isZero();
    }

    private static List<String> names(String kind, String... where) {
        return box.kubectl(
                        "",
                        Stream.concat(Stream.of("get", kind, "--output=name"), Stream.of(where))
                                .toArray(String[]::new))
                .output()
                .lines()
                .filter(line -> line.contains("/"))
                .toList();
    }

    private static void assertThatChangesArrive(Postgres shop, String status) {
        shop.run("UPDATE orders SET status = '" + status + "' WHERE id <= 10");
        await().atMost(Client.PATIENCE).untilAsserted(() -> assertThat(
                        SourceEqualsSink.differences(shop, box.clickHouse(), "orders", "acme.orders", List.of("id")))
                .isEmpty());
    }
}
