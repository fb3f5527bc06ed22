package dev.tributary.operator.claim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tributary.api.v1alpha1.Api;
import dev.tributary.operator.OperatorConfig;
import dev.tributary.operator.source.CapturePlace;
import dev.tributary.operator.source.ServerIdentity;
import dev.tributary.operator.source.TableId;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.HttpURLConnection;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The claims, each a ConfigMap in the operator's namespace. Every change carries the resource version that it was read
 * with, so that a concurrent one is refused by the API server and tried again on what is there then.
 */
@ApplicationScoped
public class Claims {

    private static final String NAMESPACE_KEY = "namespace";
    private static final String PIPELINE_KEY_PREFIX = "pipeline.";
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A claim outlives versions of the operator: what another one wrote into it must not make it unreadable. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final KubernetesClient client;
    private final OperatorConfig config;
    private final Clock clock;

    Claims(KubernetesClient client, OperatorConfig config, Clock clock) {
        this.clock = clock;
        this.client = client;
        this.config = config;
    }

    /**
     * Claims the tenant for the pipeline's namespace, and the pipeline's place in it; what is claimed already stays as
     * it is. The answer may belong to another namespace: compare.
     */
    public Claim claim(Identity identity) {
        ConfigMap there = find(identity.tenant()).orElseGet(() -> create(identity));
        Claim claim = read(there);
        if (!claim.namespace().equals(identity.namespace())
                || claim.pipeline(identity.name()).isPresent()) {
            return claim;
        }
        return write(there, identity.name(), newPipeline());
    }

    /** Remembers what a pipeline is about to use. Writes nothing when that is known. */
    public Claim remember(Identity identity, String className, List<String> targets, List<String> topics) {
        return change(identity, pipeline -> pipeline.planned(className, targets, topics));
    }

    /**
     * Remembers on which server the epoch's slot is made, which the first call says, where, and what it reads.
     *
     * @param keys by table the columns of the key that was declared for it
     */
    public void begin(
            Identity identity,
            ServerIdentity server,
            CapturePlace place,
            List<TableId> tables,
            Map<String, List<String>> keys) {
        change(
                identity,
                pipeline -> pipeline.begun(
                        server, place, tables.stream().map(TableId::toString).toList(), keys));
    }

    /** Remembers that the epoch's snapshot is complete, and the rows of older ones are gone. */
    public void complete(Identity identity) {
        change(identity, ClaimedPipeline::completed);
    }

    /** Remembers a loss, until a new epoch has begun. */
    public void lose(Identity identity, Loss loss) {
        change(identity, pipeline -> pipeline.lost(loss));
    }

    /** Remembers that a new epoch has to begin, and why. */
    public ClaimedPipeline renew(Identity identity, String why) {
        return change(identity, pipeline -> pipeline.renewing(why, clock.instant()))
                .pipeline(identity.name())
                .orElseThrow();
    }

    /** Remembers that a new epoch has to begin, because the snapshot broke off. */
    public void interrupt(Identity identity, String why) {
        change(identity, pipeline -> pipeline.interrupted(why, clock.instant()));
    }

    /** The new epoch begins: at these offsets of the topics that are there. */
    public void nextEpoch(Identity identity, Map<String, List<Long>> startOffsets) {
        change(identity, pipeline -> pipeline.nextEpoch(startOffsets));
    }

    /**
     * Remembers that the pipeline was deleted and its data kept. One that never came as far as a plan has no data: its
     * place is forgotten, and with the last place the claim, so that a first attempt that failed can be repeated.
     */
    public void release(Identity identity) {
        Claim claim = of(identity.tenant()).orElseThrow();
        boolean hasData = claim.pipeline(identity.name())
                .filter(p -> !p.targets().isEmpty())
                .isPresent();
        if (hasData) {
            change(identity, ClaimedPipeline::letGo);
        } else {
            forget(identity);
        }
    }

    /** Forgets the pipeline, and with the last one of the tenant the claim. */
    public void forget(Identity identity) {
        ConfigMap there = find(identity.tenant()).orElseThrow();
        Map<String, String> data = new HashMap<>(there.getData());
        data.remove(PIPELINE_KEY_PREFIX + identity.name());
        if (data.keySet().stream().anyMatch(key -> key.startsWith(PIPELINE_KEY_PREFIX))) {
            client.resource(new ConfigMapBuilder(there).withData(data).build()).update();
        } else {
            client.resource(there)
                    .lockResourceVersion(there.getMetadata().getResourceVersion())
                    .delete();
        }
    }

    /** The claim of a tenant. */
    public Optional<Claim> of(String tenant) {
        return find(tenant).map(Claims::read);
    }

    private Claim change(Identity identity, UnaryOperator<ClaimedPipeline> change) {
        ConfigMap there = find(identity.tenant())
                .orElseThrow(() -> new IllegalStateException("tenant " + identity.tenant() + " is not claimed"));
        Claim claim = read(there);
        ClaimedPipeline before = claim.pipeline(identity.name())
                .orElseThrow(() -> new IllegalStateException("pipeline " + identity.name() + " is not claimed"));
        ClaimedPipeline after = change.apply(before);
        return after.equals(before) ? claim : write(there, identity.name(), after);
    }

    private Optional<ConfigMap> find(String tenant) {
        return Optional.ofNullable(client.configMaps()
                .inNamespace(config.namespace())
                .withName(resourceName(tenant))
                .get());
    }

    private ConfigMap create(Identity identity) {
        ConfigMap wanted = new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(config.namespace())
                .withName(resourceName(identity.tenant()))
                .withLabels(Map.of(Api.MANAGED_BY_LABEL, Api.MANAGED_BY_TRIBUTARY, Api.TENANT_LABEL, identity.tenant()))
                .endMetadata()
                .withData(Map.of(NAMESPACE_KEY, identity.namespace()))
                .build();
        try {
            return client.resource(wanted).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            return find(identity.tenant()).orElseThrow(() -> e);
        }
    }

    private Claim write(ConfigMap there, String pipelineName, ClaimedPipeline pipeline) {
        Map<String, String> data = new HashMap<>(there.getData());
        try {
            data.put(PIPELINE_KEY_PREFIX + pipelineName, JSON.writeValueAsString(pipeline));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a claim that cannot be written as JSON", e);
        }
        ConfigMap wanted = new ConfigMapBuilder(there).withData(data).build();
        return read(client.resource(wanted).update());
    }

    private static Claim read(ConfigMap configMap) {
        Map<String, ClaimedPipeline> pipelines = new HashMap<>();
        configMap.getData().forEach((key, value) -> {
            if (key.startsWith(PIPELINE_KEY_PREFIX)) {
                pipelines.put(key.substring(PIPELINE_KEY_PREFIX.length()), readPipeline(configMap, key, value));
            }
        });
        String tenant = configMap.getMetadata().getLabels().get(Api.TENANT_LABEL);
        String namespace = configMap.getData().get(NAMESPACE_KEY);
        if (tenant == null || namespace == null) {
            throw new IllegalStateException(
                    "ConfigMap " + configMap.getMetadata().getName() + " says neither tenant nor owner");
        }
        return new Claim(tenant, namespace, pipelines);
    }

    private static ClaimedPipeline readPipeline(ConfigMap configMap, String key, String json) {
        try {
            return JSON.readValue(json, ClaimedPipeline.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "ConfigMap " + configMap.getMetadata().getName() + " holds no claim under " + key, e);
        }
    }

    private static ClaimedPipeline newPipeline() {
        return ClaimedPipeline.first("__unavailable_" + random(), random());
    }

    private static String random() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** The ConfigMap of a tenant; a tenant id is a valid last part of a name. */
    public static String resourceName(String tenant) {
        return "tributary-tenant-" + tenant;
    }
}
