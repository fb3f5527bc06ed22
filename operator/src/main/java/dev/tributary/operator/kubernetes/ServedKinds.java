package dev.tributary.operator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which kinds of other operators the API server serves: their CRDs may come later than Tributary, or go. */
@ApplicationScoped
public class ServedKinds {

    /** Each pass of each pipeline asks, and kinds do not come and go. */
    private static final Duration REMEMBERED = Duration.ofSeconds(30);

    private final KubernetesClient client;
    private final Clock clock;
    private final Map<Class<?>, Instant> served = new ConcurrentHashMap<>();

    ServedKinds(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** Whether objects of this kind can be read; that they can is remembered for half a minute. */
    public boolean serves(Class<? extends HasMetadata> kind) {
        Instant now = clock.instant();
        Instant until = served.get(kind);
        if (until != null && now.isBefore(until)) {
            return true;
        }
        if (client.supports(kind)) {
            served.put(kind, now.plus(REMEMBERED));
            return true;
        }
        served.remove(kind);
        return false;
    }
}
