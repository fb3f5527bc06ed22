package dev.tributary.box.standin.flinkoperator;

import dev.tributary.box.part.PartHost;
import dev.tributary.box.standin.ControlLoop;
import dev.tributary.box.standin.RealOperator;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Clock;

/** Plays the Flink Kubernetes operator for FlinkDeployments in all namespaces. */
public final class FlinkStandIn implements AutoCloseable {

    static final ResourceDefinitionContext FLINK_DEPLOYMENT = new ResourceDefinitionContext.Builder()
            .withGroup("flink.apache.org")
            .withVersion("v1beta1")
            .withKind("FlinkDeployment")
            .withPlural("flinkdeployments")
            .withNamespaced(true)
            .build();

    private final KubernetesClient client;
    private final Clusters clusters;
    private final ControlLoop loop;

    /**
     * @param client with the stand-in's own identity; it is closed with the stand-in
     * @param host where the Flink processes run
     */
    public FlinkStandIn(KubernetesClient client, FlinkSettings settings, PartHost host, Clock clock) {
        this.client = client;
        this.clusters = new Clusters(client, settings, host);
        this.loop = new ControlLoop(
                client,
                FLINK_DEPLOYMENT,
                new FlinkDeploymentReconciler(client, new SpecValidation(settings), clusters, clock));
    }

    /**
     * Starts watching; deployments that are there already come back from their newest checkpoints.
     *
     * @throws IllegalStateException when the real operator runs in this cluster
     */
    public void start() {
        RealOperator.requireAbsent(client, "flink-kubernetes-operator");
        loop.start();
    }

    /** Ends all Flink processes; the deployments stay, and so do their checkpoints. */
    @Override
    public void close() {
        loop.close();
        try {
            clusters.stopAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }
}
