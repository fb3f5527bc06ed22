package dev.tributary.operator.observe;

import dev.tributary.api.v1alpha1.PipelineClass;
import dev.tributary.api.v1alpha1.PostgresqlSource;
import dev.tributary.api.v1alpha1.TenantPipeline;
import dev.tributary.operator.claim.ClaimedPipeline;
import dev.tributary.operator.claim.Identity;
import dev.tributary.operator.condition.Resolution;
import dev.tributary.operator.condition.Resolution.Resolved;
import dev.tributary.operator.condition.Resolution.Unresolved;
import dev.tributary.operator.kafka.KafkaConnector;
import dev.tributary.operator.kubernetes.SecretCopy;
import dev.tributary.operator.observe.EngineResolver.Engines;
import dev.tributary.operator.source.CapturePlace;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what a pipeline refers to, and says what is missing in words the user can act on. */
@ApplicationScoped
public class ReferenceResolver {

    private final ClassResolver classes;
    private final EngineResolver engines;
    private final Secrets secrets;

    ReferenceResolver(ClassResolver classes, EngineResolver engines, Secrets secrets) {
        this.classes = classes;
        this.engines = engines;
        this.secrets = secrets;
    }

    /**
     * Everything the pipeline refers to, or the first thing that is missing.
     *
     * @param connector the pipeline's, if there is one: it keeps its class while Connect does not tell which it has
     */
    public Resolution<References> resolve(
            TenantPipeline pipeline, ClaimedPipeline claimed, Optional<KafkaConnector> connector) {
        return switch (engines(pipeline, claimed)) {
            case Unresolved<Engines> missing -> new Unresolved<>(missing.why());
            case Resolved<Engines> there -> withConnector(pipeline, claimed, there.value(), connector);
        };
    }

    /** The class and its engines: all that is needed when the user's own Secrets may be gone. */
    public Resolution<Engines> engines(TenantPipeline pipeline, ClaimedPipeline claimed) {
        return switch (classes.resolve(pipeline, claimed)) {
            case Unresolved<PipelineClass> missing -> new Unresolved<>(missing.why());
            case Resolved<PipelineClass> found -> engines.resolve(found.value());
        };
    }

    private Resolution<References> withConnector(
            TenantPipeline pipeline, ClaimedPipeline claimed, Engines there, Optional<KafkaConnector> connector) {
        return switch (there.connectorClassFor(connector)) {
            case Unresolved<String> missing -> new Unresolved<>(missing.why());
            case Resolved<String> found -> withCredentials(pipeline, claimed, there, found.value());
        };
    }

    private Resolution<References> withCredentials(
            TenantPipeline pipeline, ClaimedPipeline claimed, Engines there, String connectorClass) {
        return switch (sourceCredentials(pipeline)) {
            case Unresolved<Map<String, String>> missing -> new Unresolved<>(missing.why());
            case Resolved<Map<String, String>> found ->
                new Resolved<>(references(pipeline, claimed, there, connectorClass, found.value()));
        };
    }

    private Resolution<Map<String, String>> sourceCredentials(TenantPipeline pipeline) {
        String namespace = pipeline.getMetadata().getNamespace();
        PostgresqlSource postgresql = pipeline.getSpec().source().postgresql();
        Resolution<Map<String, String>> login = secrets.credentials(
                namespace, postgresql.credentials().secretName(), "spec.source.postgresql.credentials.secretName");
        if (postgresql.tls() == null
                || postgresql.tls().caSecretName() == null
                || !(login instanceof Resolved<Map<String, String>> found)) {
            return login;
        }
        Resolution<Map<String, String>> ca = secrets.keys(
                namespace,
                postgresql.tls().caSecretName(),
                List.of(Secrets.CA),
                "spec.source.postgresql.tls.caSecretName");
        if (!(ca instanceof Resolved<Map<String, String>> authority)) {
            return ca;
        }
        Map<String, String> all = new HashMap<>(found.value());
        all.putAll(authority.value());
        return new Resolved<>(Map.copyOf(all));
    }

    private static References references(
            TenantPipeline pipeline,
            ClaimedPipeline claimed,
            Engines there,
            String connectorClass,
            Map<String, String> credentials) {
        Identity identity = Identity.of(pipeline);
        var spec = there.pipelineClass().getSpec();
        CapturePlace place =
                SourceLogin.place(identity, pipeline.getSpec().source().postgresql());
        return new References(
                there.pipelineClass().getMetadata().getName(),
                spec,
                there.bootstrapServers(),
                connectorClass,
                place,
                SourceLogin.to(place, credentials).orElseThrow(),
                SecretCopy.of(
                        spec.connect().namespace(),
                        identity.resourceName() + SecretCopy.SOURCE_SUFFIX,
                        claimed.salt(),
                        credentials),
                SecretCopy.of(
                        spec.flink().namespace(),
                        identity.resourceName() + SecretCopy.CLICKHOUSE_SUFFIX,
                        claimed.salt(),
                        there.clickhouseCredentials()));
    }
}
