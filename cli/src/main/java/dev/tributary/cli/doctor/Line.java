package dev.tributary.cli.doctor;

import dev.tributary.cli.cluster.Refused;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.function.Supplier;

/**
 * One check.
 *
 * @param about what was looked at
 * @param verdict what it came to
 */
public record Line(String about, Verdict verdict) {

    static Line ok(String about, String says) {
        return new Line(about, new Verdict.Ok(says));
    }

    static Line wrong(String about, String says, String remedy) {
        return new Line(about, new Verdict.Wrong(says, remedy));
    }

    static Line notKnown(String about, String why) {
        return new Line(about, new Verdict.NotKnown(why));
    }

    /** Looks, and says that it is not known when the API server does not let us look. */
    static Line of(String about, Supplier<Verdict> look) {
        try {
            return new Line(about, look.get());
        } catch (KubernetesClientException e) {
            return notKnown(about, Refused.of(e).why());
        }
    }

    boolean isWrong() {
        return verdict instanceof Verdict.Wrong;
    }
}
