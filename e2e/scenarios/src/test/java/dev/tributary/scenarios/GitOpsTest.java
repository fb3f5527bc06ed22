package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.scenarios.TenantInGit.Shown;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real Argo CD takes the repository of samples/gitops, and a tenant's life is commits. */
@Tag("long")
@Isolated("it counts what is written while nothing happens")
@ExtendWith(BoxExtension.class)
class GitOpsTest {

    private static final Path FOLDER = Path.of("target", "gitops");
    private static final Duration IDLE = Duration.ofMinutes(2);
    private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete", "deletecollection");

    private static ArgoCd argoCd;
    private static GitRepository repository;

    private final TestBox box;

    GitOpsTest(TestBox box) {
        this.box = box;
    }

    @BeforeAll
    static void start(TestBox box) throws IOException, InterruptedException {
        repository = GitRepository.create(FOLDER.resolve("repository"));
        repository.commit(Map.of("README.md", "One folder for each tenant."));
        argoCd = ArgoCd.start(box, FOLDER.resolve("argocd"));
        for (String file : List.of("project.yaml", "tenants.yaml")) {
            argoCd.kubectl(sample(box, "argocd/" + file), "apply", "-f", "-");
        }
    }

    @AfterAll
    static void stop() {
        if (argoCd != null) {
            argoCd.close();
        }
    }

    /** The sample, with the test's repository in place of the company's. */
    private static String sample(TestBox box, String file) {
        try {
            return Files.readString(box.layout().checkout().sample("gitops/" + file))
                    .replace("https://git.example.com/data-platform.git", repository.url());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"root.yaml", "argocd/platform.yaml", "argocd/classes.yaml"})
    void theApplicationsOfThePlatformAreWrittenAsArgoCdWants(String file) {
        String output = argoCd.kubectl(sample(box, file), "create", "--dry-run=server", "--validate=strict", "-f", "-");

        assertThat(output).contains("created (server dry run)");
    }

    @Test
    void aNewTenantIsHealthyOnceItIsReady() {
        TenantInGit tenant = TenantInGit.create(box, argoCd, repository);
        Set<String> healths = new HashSet<>();
        List<String> tooEarly = new ArrayList<>();

        tenant.commit(tenant.pipeline("Running", "Retain"), tenant.login(Client.PASSWORD));

        Shown healthy = new Shown("Synced", repository.head(), "Healthy");
        await().atMost(Client.PATIENCE).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> {
            Shown shown = tenant.shown();
            healths.add(shown.health());
            if (shown.equals(healthy)
                    && tenant.client()
                            .condition("Ready")
                            .filter(c -> "True".equals(c.getStatus()))
                            .isEmpty()) {
                tooEarly.add(String.valueOf(tenant.client().pipeline()));
            }
            assertThat(shown).isEqualTo(healthy);
        });
        assertThat(tooEarly).isEmpty();
        assertThat(healths).contains("Progressing").doesNotContain("Degraded");
        assertThat(tenant.message()).startsWith("Running: ");
        tenant.client().awaitEqual("items", "id");
        assertThat(box.kubernetes()
                        .namespaces()
                        .withName(tenant.client().name())
                        .get()
                        .getMetadata()
                        .getLabels())
                .containsEntry("tributary.dev/clients", "true");
        tenant.removeAndAwait();
    }

    @Test
    void aWrongPasswordIsDegradedAndTheRightOneHealsIt() {
        TenantInGit tenant = TenantInGit.create(box, argoCd, repository).onboarded("Retain");

        tenant.commit(tenant.login("not the client's"));

        tenant.awaitShown("Degraded");
        assertThat(tenant.message())
                .startsWith("AuthenticationFailed: PostgreSQL at " + box.address())
                .contains("correct username and password in the Secret")
                .doesNotContain("not the client's");

        tenant.commit(tenant.login(Client.PASSWORD));

        tenant.awaitShown("Healthy");
        tenant.client().database().run("INSERT INTO items VALUES (4)");
        tenant.client().awaitEqual("items", "id");
        tenant.removeAndAwait();
    }

    @Test
    void aPauseIsSuspended() {
        TenantInGit tenant = TenantInGit.create(box, argoCd, repository).onboarded("Retain");

        tenant.commit(tenant.pipeline("Paused", "Retain"));

        tenant.awaitShown("Suspended");
        assertThat(tenant.message()).startsWith("Paused: ");

        tenant.commit(tenant.pipeline("Running", "Retain"));

        tenant.awaitShown("Healthy");
        tenant.removeAndAwait();
    }

    @Test
    void aRemovedTenantGoesByItsDeletionPolicy() {
        TenantInGit kept = TenantInGit.create(box, argoCd, repository).onboarded("Retain");
        TenantInGit deleted = TenantInGit.create(box, argoCd, repository).onboarded("Delete");

        repository.remove(kept.folder());
        repository.remove(deleted.folder() + "/main.yaml");
        argoCd.refresh();

        kept.client().awaitGone();
        deleted.client().awaitGone();
        assertThat(box.clickHouse().ask("SELECT count() FROM " + kept.client().sink("items") + " FINAL"))
                .isEqualTo("3");
        assertThat(box.clickHouse().lines("SHOW DATABASES"))
                .contains(kept.client().name())
                .doesNotContain(deleted.client().name());
        assertThat(box.kafka().topics())
                .anyMatch(topic -> topic.startsWith(kept.client().name() + "."))
                .noneMatch(topic -> topic.startsWith(deleted.client().name() + "."));
        // Of the second tenant the file was removed, and its folder and its login are still there.
        assertThat(deleted.application().get()).isNotNull();
        deleted.removeAndAwait();
    }

    @Test
    void withoutACommitNothingDiffersAndNobodyWrites() {
        List<TenantInGit> tenants = Stream.generate(
                        () -> TenantInGit.create(box, argoCd, repository).onboarded("Retain"))
                .limit(2)
                .toList();
        // The first was healthy at an older commit.
        tenants.forEach(tenant -> tenant.awaitShown("Healthy"));
        List<Object> operations = operations(tenants);
        Set<Shown> seen = new HashSet<>();
        Instant settled = Instant.now().plusSeconds(5);

        // Argo CD compares every five seconds.
        await().pollInterval(Duration.ofSeconds(1)).atMost(IDLE.plusSeconds(60)).untilAsserted(() -> {
            tenants.forEach(tenant -> seen.add(tenant.shown()));
            assertThat(Instant.now()).isAfter(settled.plus(IDLE));
        });

        assertThat(seen).containsExactly(new Shown("Synced", repository.head(), "Healthy"));
        assertThat(operations(tenants)).isEqualTo(operations);
        List<ApiRequest> byArgoCd = ApiRequest.read(box.layout().auditLog(), ArgoCd.USER);
        // It did bring the tenants.
        assertThat(writesSince(Instant.MIN, byArgoCd)).isNotEmpty();
        assertThat(writesSince(settled, byArgoCd)).isEmpty();
        assertThat(writesSince(settled, box.operatorRequests())).isEmpty();
        tenants.forEach(TenantInGit::removeAndAwait);
    }

    private static List<String> writesSince(Instant begin, List<ApiRequest> requests) {
        return requests.stream()
                .filter(r -> r.received().isAfter(begin))
                .filter(r -> WRITES.contains(r.verb()))
                // The operator's leader renews its own every other second, and Argo CD writes to its own applications.
                .filter(r -> !r.resource().equals("leases") && !r.namespace().equals(ArgoCd.NAMESPACE))
                .map(r -> r.verb() + " " + r.uri())
                .toList();
    }

    /** The last sync of each: with self-heal a difference would have begun another. */
    private static List<Object> operations(List<TenantInGit> tenants) {
        return tenants.stream()
                .<Object>map(tenant -> tenant.application().get().get("status", "operationState", "startedAt"))
                .toList();
    }
}
