package dev.tributary.box.standin.flinkoperator;

/** The pods could not start: the real operator's DeploymentFailedException. It may heal by itself. */
final class NotDeployable extends Exception {

    private final String reason;

    /**
     * @param reason Kubernetes' word, such as CreateContainerConfigError
     */
    NotDeployable(String reason, String message) {
        super(message);
        this.reason = reason;
    }

    Refusal refusal() {
        return new Refusal(
                "org.apache.flink.kubernetes.operator.exception.DeploymentFailedException",
                "[" + reason + "] " + getMessage());
    }
}
