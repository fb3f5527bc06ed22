package dev.tributary.operator.plan;

import dev.tributary.api.v1alpha1.PipelineClassSpec;
import dev.tributary.operator.claim.Identity;
import dev.tributary.operator.kafka.KafkaConnector;
import dev.tributary.operator.kafka.Strimzi;
import dev.tributary.operator.kubernetes.Labels;
import dev.tributary.operator.kubernetes.SecretCopy;
import dev.tributary.operator.source.CaptureConnector;
import dev.tributary.operator.source.CaptureRequest;
import dev.tributary.operator.source.CaptureRequest.LeftOut;
import dev.tributary.operator.source.CaptureRequest.MessageKey;
import dev.tributary.operator.source.ConnectionSettings;
import dev.tributary.operator.source.RowKey;
import dev.tributary.operator.source.SourceTableInfo;
import dev.tributary.operator.source.TableId;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The Debezium connector. */
final class ConnectorPlan {

    private ConnectorPlan() {}

    static KafkaConnector of(PlanInput input, List<PlannedTable> tables, CaptureConnector engine) {
        Identity identity = input.identity();
        PipelineClassSpec.Connect connect = input.references().pipelineClass().connect();
        Map<String, String> labels =
                new LinkedHashMap<>(Labels.of(identity.tenant(), identity.namespace(), identity.name()));
        labels.put(Strimzi.CLUSTER_LABEL, connect.cluster());
        KafkaConnector connector = new KafkaConnector();
        connector.setMetadata(new ObjectMetaBuilder()
                .withNamespace(connect.namespace())
                .withName(identity.connectorName(input.claimed()))
                .withLabels(labels)
                .build());
        connector.setSpec(new KafkaConnector.Spec(
                input.references().connectorClass(),
                1,
                new KafkaConnector.AutoRestart(true),
                engine.configuration(request(input, tables, connect)),
                "running"));
        return connector;
    }

    private static CaptureRequest request(
            PlanInput input, List<PlannedTable> tables, PipelineClassSpec.Connect connect) {
        Identity identity = input.identity();
        ConnectionSettings source = input.references().source();
        return new CaptureRequest(
                identity.tenant(),
                input.claimed().epoch().number(),
                identity.topicPrefix(),
                input.references().place().names(),
                tables.stream().map(t -> t.info().id()).toList(),
                tables.stream()
                        .map(PlannedTable::info)
                        .flatMap(ConnectorPlan::leftOut)
                        .toList(),
                RowKeys.of(input.spec()).entrySet().stream()
                        .flatMap(e -> messageKey(e.getKey(), e.getValue()))
                        .toList(),
                source.host(),
                source.port(),
                source.database(),
                source.tlsMode(),
                reference(connect, input.references().sourceCopy()),
                input.claimed().placeholder(),
                input.references().pipelineClass().kafka().topics().maxRecordBytes(),
                LatencyTier.of(input.spec().wantedLatency()).pace());
    }

    private static Stream<LeftOut> leftOut(SourceTableInfo table) {
        return table.generated().stream().map(column -> new LeftOut(table.id(), column));
    }

    private static Stream<MessageKey> messageKey(TableId table, RowKey key) {
        return key instanceof RowKey.Declared declared
                ? Stream.of(new MessageKey(table, declared.columns()))
                : Stream.empty();
    }

    /** What the value of a key of the copy looks like in a connector's configuration. */
    private static CaptureRequest.SecretReference reference(PipelineClassSpec.Connect connect, SecretCopy copy) {
        return key -> "${" + connect.secretsProvider() + ":" + copy.namespace() + "/" + copy.name() + ":" + key + "}";
    }
}
