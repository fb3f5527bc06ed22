package dev.tributary.operator.plan;

import dev.tributary.operator.claim.Identity;
import dev.tributary.operator.clickhouse.DatabasePlan;
import dev.tributary.operator.clickhouse.TablePlan;
import dev.tributary.operator.flink.FlinkDeployment;
import dev.tributary.operator.kafka.KafkaConnector;
import dev.tributary.operator.kafka.KafkaTopic;
import dev.tributary.operator.source.CaptureNames;
import dev.tributary.operator.source.CapturePlace;
import dev.tributary.operator.source.ServerIdentity;
import dev.tributary.operator.source.TableId;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that is to be there for one pipeline: the same inputs always make the same plan.
 *
 * @param identity whose it is
 * @param epoch the epoch that the job stamps
 * @param topics one for each table, and the connector's heartbeat topic
 * @param database the ClickHouse database
 * @param jobDatabase the ClickHouse database of the job's own tables
 * @param tables the ClickHouse tables, in the order of the spec
 * @param jobSpec the ConfigMap that holds the job's spec, named by its hash
 * @param deployment the job
 * @param capture what is made at the source
 * @param connector the Debezium connector
 */
public record PipelinePlan(
        Identity identity,
        int epoch,
        List<KafkaTopic> topics,
        DatabasePlan database,
        DatabasePlan jobDatabase,
        List<TablePlan> tables,
        ConfigMap jobSpec,
        FlinkDeployment deployment,
        Capture capture,
        KafkaConnector connector) {

    public PipelinePlan {
        topics = List.copyOf(topics);
        tables = List.copyOf(tables);
    }

    /** The names of all topics. */
    public List<String> topicNames() {
        return topics.stream().map(t -> t.getSpec().topicName()).toList();
    }

    /** The topics that the job reads: all but the heartbeat's. */
    public List<String> tableTopics() {
        return topicNames().stream()
                .filter(name -> name.startsWith(identity.topicPrefix() + "."))
                .toList();
    }

    /**
     * What is made at the source.
     *
     * @param place where; with the names of the publication, which the operator makes before the slot, since a slot never sees changes older than
     *     its publication; and the slot, which Debezium makes together with its snapshot
     * @param server the server that was asked for the tables
     * @param tables exactly the listed tables
     * @param keys what their rows are told apart by, {@link RowKeys#remembered}
     */
    public record Capture(
            CapturePlace place, ServerIdentity server, List<TableId> tables, Map<String, List<String>> keys) {
        public Capture {
            tables = List.copyOf(tables);
            keys = Map.copyOf(keys);
        }

        /** What slot and publication are called. */
        public CaptureNames names() {
            return place.names();
        }
    }
}
