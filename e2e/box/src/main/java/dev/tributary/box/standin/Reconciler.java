package dev.tributary.box.standin;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;

/** Brings the world to what one resource says, and the resource's status to what the world is. */
public interface Reconciler {

    /**
     * Called for one resource at a time, on any thread, when it changed and again after the returned time.
     *
     * @param resource as the API server has it now
     * @return how long until it is looked at again when nothing changes
     * @throws Exception anything unexpected: it is logged, and the resource is tried again soon
     */
    Duration reconcile(GenericKubernetesResource resource) throws Exception;

    /**
     * Called once a resource is gone.
     *
     * @throws Exception anything unexpected: it is logged
     */
    default void deleted(GenericKubernetesResource last) throws Exception {}
}
