package dev.tributary.operator.observe;

import dev.tributary.api.v1alpha1.PipelineClassSpec;
import dev.tributary.operator.clickhouse.ClickHouse;
import dev.tributary.operator.clickhouse.ClickHouseServers;
import dev.tributary.operator.kubernetes.SecretCopy;
import dev.tributary.operator.observe.EngineResolver.Engines;
import dev.tributary.operator.source.CapturePlace;
import dev.tributary.operator.source.ConnectionSettings;

/**
 * Everything a pipeline refers to, found and complete.
 *
 * @param className the class in use
 * @param pipelineClass what the class says
 * @param bootstrapServers of the class's Kafka listener, as Strimzi reports it
 * @param connectorClass of Debezium's connector
 * @param place where the spec wants the capture to be
 * @param source how to reach the client's database; holds its password
 * @param sourceCopy the credentials for Connect's namespace
 * @param clickhouseCopy the credentials for Flink's namespace
 */
public record References(
        String className,
        PipelineClassSpec pipelineClass,
        String bootstrapServers,
        String connectorClass,
        CapturePlace place,
        ConnectionSettings source,
        SecretCopy sourceCopy,
        SecretCopy clickhouseCopy) {

    /** The class's ClickHouse, as the class's user. */
    public ClickHouse clickHouse(ClickHouseServers servers) {
        return Engines.clickHouse(servers, pipelineClass, clickhouseCopy.data());
    }
}
