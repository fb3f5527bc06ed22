package dev.tributary.cli.cluster;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/**
 * A question that the API server did not answer.
 *
 * @param code HTTP's; 0 when it could not be reached
 * @param why one sentence
 */
public record Refused(int code, String why) {

    /** Why it failed, without the client's own words around it. */
    public static Refused of(KubernetesClientException e) {
        if (e.getStatus() != null && e.getStatus().getMessage() != null) {
            return new Refused(e.getCode(), firstLine(e.getStatus().getMessage()));
        }
        Throwable innermost = e;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage();
        return new Refused(
                e.getCode(), firstLine(message == null ? innermost.getClass().getSimpleName() : message));
    }

    /** Whether it does not serve the kind that was asked for. */
    public boolean isNotServed() {
        return code == HttpURLConnection.HTTP_NOT_FOUND;
    }

    private static String firstLine(String text) {
        return text.strip().lines().findFirst().orElse("no reason was given");
    }
}
