package dev.tributary.operator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;
import java.util.Set;

/** What the operator's own deployment decides; everything about the engines is in a PipelineClass. */
@ConfigMapping(prefix = "tributary.operator")
public interface OperatorConfig {

    /** The operator's namespace: it holds the claims, and the Secrets that a PipelineClass refers to. */
    @WithDefault("tributary-system")
    String namespace();

    /** The namespaces where Strimzi's resources are created and watched; a class outside them is refused. */
    @WithDefault("kafka")
    Set<String> kafkaNamespaces();

    /** The namespaces where FlinkDeployments are created and watched; a class outside them is refused. */
    @WithDefault("flink")
    Set<String> flinkNamespaces();

    /** Whether a Lease in the operator's namespace says which of several instances works; the others stand by. */
    @WithDefault("true")
    boolean leaderElection();

    /** What tells this instance from the others; a pod's name. Made up when absent. */
    Optional<String> instance();
}
