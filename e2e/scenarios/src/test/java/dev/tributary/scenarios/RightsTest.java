package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** The operator does what its written rights allow, and uses all of them, as the API server's audit log has it. */
@Isolated("it looks at what the tests before it made the operator do")
@ExtendWith(BoxExtension.class)
class RightsTest {

    private final TestBox box;

    RightsTest(TestBox box) {
        this.box = box;
    }

    @Test
    void theOperatorIsNeverDenied() {
        // For a moment after its start an API server denies what it allows otherwise: it does not know the roles yet.
        Set<String> allowed = box.operatorRequests().stream()
                .filter(r -> r.code() < 300)
                .map(RightsTest::right)
                .collect(Collectors.toSet());

        assertThat(box.operatorRequests().stream()
                        .filter(r -> r.code() == 403)
                        .map(RightsTest::right)
                        .filter(right -> !allowed.contains(right))
                        .distinct())
                .isEmpty();
    }

    @Test
    @Tag("long")
    void everyRightIsUsedByALifeFromFirstToLast() {
        Client client = Client.create(box, "rights");
        client.database().run("CREATE TABLE items (id int PRIMARY KEY)", "INSERT INTO items VALUES (1)");
        client.apply("items");
        client.awaitReady();
        client.awaitCondition("SnapshotComplete", "True", "Streaming");
        client.pause("items");
        client.apply(SpecChange::deletingData, "items");
        client.awaitReady();

        client.deleteAndAwait();

        Set<String> unused = new TreeSet<>(granted());
        unused.removeAll(used());
        assertThat(unused)
                .containsExactlyInAnyOrder(
                        // The framework reads a pipeline again whose finalizer it could not write.
                        "get tenantpipelines ",
                        // The framework wants to be allowed to, and then patches.
                        "update leases tributary-system");
    }

    private Set<String> granted() {
        Stream<String> everywhere = expanded(
                "",
                box.kubernetes()
                        .rbac()
                        .clusterRoles()
                        .withName("tributary-operator")
                        .get()
                        .getRules());
        Stream<String> somewhere = box.kubernetes().rbac().roles().inAnyNamespace().list().getItems().stream()
                .filter(role -> role.getMetadata().getName().startsWith("tributary-operator"))
                .flatMap(role -> expanded(role.getMetadata().getNamespace(), role.getRules()));
        return Stream.concat(everywhere, somewhere).collect(Collectors.toSet());
    }

    private static Stream<String> expanded(String namespace, List<PolicyRule> rules) {
        return rules.stream().flatMap(rule -> rule.getResources().stream()
                .flatMap(resource -> rule.getVerbs().stream().map(verb -> verb + " " + resource + " " + namespace)));
    }

    /** Once with the namespace, and once without, for what is granted everywhere. */
    private Set<String> used() {
        return box.operatorRequests().stream()
                .filter(r -> r.code() != 403)
                .flatMap(r -> verbs(r).flatMap(verb ->
                        Stream.of("", r.namespace()).map(namespace -> verb + " " + r.resource() + " " + namespace)))
                .collect(Collectors.toSet());
    }

    /** Server-side apply is a patch that may create. */
    private static Stream<String> verbs(ApiRequest request) {
        return request.verb().equals("patch") && request.code() == 201
                ? Stream.of("patch", "create")
                : Stream.of(request.verb());
    }

    private static String right(ApiRequest request) {
        return request.verb() + " " + request.resource() + " " + request.namespace();
    }
}
