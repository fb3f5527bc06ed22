package dev.tributary.box.layout;

import java.util.List;
import java.util.Locale;

/** Who talks to the API server, as a client certificate says it. */
public enum Identity {
    /** Whoever runs the box: may do everything. */
    ADMIN,
    /** Tributary's operator, as the service account that the chart makes. */
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
        return switch (this) {
            case CONTROLLER_MANAGER -> "system:kube-controller-manager";
            case OPERATOR -> "system:serviceaccount:tributary-system:tributary-operator";
            default -> lowerCaseName();
        };
    }

    /** The user's groups as RBAC sees them. */
    public List<String> groups() {
        return switch (this) {
            case ADMIN -> List.of("system:masters");
            case OPERATOR -> List.of("system:serviceaccounts", "system:serviceaccounts:tributary-system");
            default -> List.of();
        };
    }
}
