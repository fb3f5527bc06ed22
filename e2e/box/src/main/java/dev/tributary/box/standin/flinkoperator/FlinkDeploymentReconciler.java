package dev.tributary.box.standin.flinkoperator;

import dev.tributary.box.standin.Reconciler;
import dev.tributary.box.standin.StatusWriter;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;

/** The life of a FlinkDeployment, in the real operator's order: observe, validate, reconcile, write the status. */
final class FlinkDeploymentReconciler implements Reconciler {

    static final String FINALIZER = "flinkdeployments.flink.apache.org/finalizer";

    private final KubernetesClient client;
    private final SpecValidation validation;
    private final Clusters clusters;
    private final StatusWriter statuses;
    private final Clock clock;

    FlinkDeploymentReconciler(KubernetesClient client, SpecValidation validation, Clusters clusters, Clock clock) {
        this.client = client;
        this.validation = validation;
        this.clusters = clusters;
        this.statuses = new StatusWriter(client, FlinkStandIn.FLINK_DEPLOYMENT, clock);
        this.clock = clock;
    }

    @Override
    public Duration reconcile(GenericKubernetesResource resource) throws IOException, InterruptedException {
        DeploymentStatus status = DeploymentStatus.of(resource, clock);
        DeploymentPass pass = new DeploymentPass(validation, clusters, resource, status);
        if (resource.isMarkedForDeletion()) {
            if (resource.hasFinalizer(FINALIZER)) {
                pass.end();
                edit(resource, current -> current.removeFinalizer(FINALIZER));
            }
            return DeploymentPass.STEADY;
        }
        if (!resource.hasFinalizer(FINALIZER)) {
            edit(resource, current -> current.addFinalizer(FINALIZER));
        }
        Duration next = pass.step();
        statuses.write(resource, status.json());
        return next;
    }

    private void edit(GenericKubernetesResource resource, Consumer<GenericKubernetesResource> change) {
        client.genericKubernetesResources(FlinkStandIn.FLINK_DEPLOYMENT)
                .inNamespace(resource.getMetadata().getNamespace())
                .withName(resource.getMetadata().getName())
                .edit(current -> {
                    change.accept(current);
                    return current;
                });
    }
}
