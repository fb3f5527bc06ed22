package dev.tributary.box.layout;

import java.util.Locale;

/** Who talks to the API server: the common name of a client certificate. */
public enum Identity {
    /** Whoever runs the box: may do everything. */
    ADMIN,
    /** Tributary's operator, with the rights it ships with. */
    OPERATOR,
    /** The stand-in for Strimzi's operators. */
    STRIMZI,
    /** The stand-in for the Flink Kubernetes operator. */
    FLINK,
    /** Kafka Connect's worker, whose config provider reads Secrets. */
    CONNECT,
    /** kube-controller-manager. */
    CONTROLLER_MANAGER;

    /** As in file names and as the user's name in RBAC bindings, except that Kubernetes names its own. */
    public String lowerCaseName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The user's name as RBAC sees it. */
    public String user() {
        return this == CONTROLLER_MANAGER ? "system:kube-controller-manager" : lowerCaseName();
    }
}
