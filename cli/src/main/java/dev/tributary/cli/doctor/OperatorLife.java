package dev.tributary.cli.doctor;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether Tributary's operator works. Its Lease tells that best: it is renewed every other second, and whether it is can be
 * seen without a clock that agrees with the cluster's.
 */
final class OperatorLife {

    private static final Map<String, String> LABELS =
            Map.of("app.kubernetes.io/name", "tributary", "app.kubernetes.io/component", "operator");
    private static final String LEASE = "tributary-operator";
    private static final String ABOUT = "Operator";
    private static final int LEASE_SECONDS = 15;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private final KubernetesClient client;
    private final @Nullable String namespace;

    /**
     * @param namespace where to look for it; null: everywhere
     */
    OperatorLife(KubernetesClient client, @Nullable String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /**
     * What is known of it.
     *
     * @param operator its Deployment; empty when there is none or it cannot be read
     * @param works whether its word is of now
     */
    record Found(List<Line> lines, Optional<Operator> operator, boolean works) {}

    Found look() {
        List<Operator> operators;
        try {
            var deployments = client.apps().deployments();
            operators = (namespace == null ? deployments.inAnyNamespace() : deployments.inNamespace(namespace))
                    .withLabels(LABELS).list().getItems().stream()
                            .map(Operator::new)
                            .toList();
        } catch (KubernetesClientException e) {
            return new Found(
                    List.of(Line.of(ABOUT, () -> {
                        throw e;
                    })),
                    Optional.empty(),
                    false);
        }
        if (operators.isEmpty()) {
            return new Found(
                    List.of(Line.wrong(
                            ABOUT,
                            "there is no Deployment of it" + (namespace == null ? "" : " in namespace " + namespace),
                            "helm install tributary ./helm-chart --namespace tributary-system: docs/install.md")),
                    Optional.empty(),
                    false);
        }
        if (operators.size() > 1) {
            return new Found(
                    List.of(Line.wrong(
                            ABOUT,
                            "there are several: "
                                    + String.join(
                                            ", ",
                                            operators.stream()
                                                    .map(OperatorLife::shown)
                                                    .toList()) + ", and each looks after all pipelines",
                            "helm uninstall all but one; meanwhile --operator-namespace says which one to look at")),
                    Optional.empty(),
                    false);
        }
        return look(operators.getFirst());
    }

    private static String shown(Operator operator) {
        return "Deployment " + operator.namespace() + "/" + operator.name();
    }

    private Found look(Operator operator) {
        List<Line> lines = new ArrayList<>();
        if (operator.wantedReplicas() > 0) {
            lines.add(pods(operator));
        }
        Line works = operator.usesLease() ? Line.of(ABOUT, () -> leads(operator)) : withoutLease(operator);
        lines.add(works);
        return new Found(lines, Optional.of(operator), works.verdict() instanceof Verdict.Ok);
    }

    private static Line pods(Operator operator) {
        String ready = operator.readyReplicas() + " of " + operator.wantedReplicas() + " pods of " + shown(operator)
                + " are ready";
        return operator.readyReplicas() >= operator.wantedReplicas()
                ? Line.ok("Operator's pods", ready + ", of " + operator.images())
                : Line.wrong(
                        "Operator's pods",
                        ready,
                        "kubectl describe pods -n " + operator.namespace()
                                + " -l app.kubernetes.io/name=tributary,app.kubernetes.io/component=operator");
    }

    private static Line withoutLease(Operator operator) {
        return operator.readyReplicas() > 0
                ? Line.ok(ABOUT, "a pod is ready; leader election is off, so there is no Lease to go by")
                : Line.wrong(ABOUT, "no pod is ready", logs(operator));
    }

    private Verdict leads(Operator operator) {
        Resource<Lease> there =
                client.leases().inNamespace(operator.namespace()).withName(LEASE);
        Lease lease = there.get();
        if (lease == null) {
            return new Verdict.Wrong(
                    "no instance has taken Lease " + operator.namespace() + "/" + LEASE, start(operator));
        }
        LeaseSpec spec = lease.getSpec();
        Instant until =
                Instant.now().plusSeconds(Objects.requireNonNullElse(spec.getLeaseDurationSeconds(), LEASE_SECONDS));
        while (Instant.now().isBefore(until)) {
            pause();
            Lease now = there.get();
            if (now != null && !Objects.equals(now.getSpec().getRenewTime(), spec.getRenewTime())) {
                return new Verdict.Ok(now.getSpec().getHolderIdentity() + " leads: it renews Lease "
                        + operator.namespace() + "/" + LEASE);
            }
        }
        return new Verdict.Wrong(
                "nobody renews Lease " + operator.namespace() + "/" + LEASE + ": " + spec.getHolderIdentity()
                        + " did last, at " + spec.getRenewTime() + ". Nobody looks after the pipelines; data flows on",
                start(operator));
    }

    /** Looking again needs fewer rights than a watch. */
    private static void pause() {
        try {
            Thread.sleep(LOOK_AGAIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String start(Operator operator) {
        return operator.wantedReplicas() == 0
                ? shown(operator)
                        + " has no replicas: raise replicas in the chart's values (on the box: ./tributary up)"
                : logs(operator);
    }

    private static String logs(Operator operator) {
        return "kubectl logs -n " + operator.namespace() + " deployment/" + operator.name()
                + " --previous, and without";
    }
}
