package dev.tributary.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the engines are, and the limits. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PipelineClassSpec(
        @Required @JsonPropertyDescription("The Kafka cluster that carries the changes.")
        Kafka kafka,

        @Required @JsonPropertyDescription("The Kafka Connect cluster that runs Debezium.")
        Connect connect,

        @Required @JsonPropertyDescription("How the streaming jobs run.")
        Flink flink,

        @Required @JsonPropertyDescription("The ClickHouse that serves the rows.")
        ClickHouse clickhouse,

        @Default("15m")
        @Pattern(DURATION)
        @Size(max = 10)
        @JsonPropertyDescription(
                "How long the deletion of a pipeline waits for an engine or a source that is away, before it goes on and says in"
                        + " an event what was left. Such as 15m.")
        String teardownTimeout,

        @Required
        @Size(min = 1, max = 50)
        @JsonPropertyDescription("Who may use this class. A pipeline is admitted when one entry admits it.")
        List<AllowedNamespaces> allowedNamespaces) {

    private static final String DNS_LABEL = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";
    private static final String DNS_NAME = "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$";
    private static final String DURATION = "^[1-9][0-9]{0,8}(s|m|h|d)$";

    /** The Kafka cluster, run by Strimzi. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Kafka(
            @Required
            @Size(min = 1, max = 63)
            @Pattern(DNS_LABEL)
            @JsonPropertyDescription("The namespace of the Kafka resource; KafkaTopics are created there.")
            String namespace,

            @Required
            @Size(min = 1, max = 253)
            @Pattern(DNS_NAME)
            @JsonPropertyDescription("The name of the Kafka resource (kafka.strimzi.io).")
            String cluster,

            @Required
            @Size(min = 1, max = 25)
            @Pattern("^[a-z0-9]+$")
            @JsonPropertyDescription(
                    "The name of the listener that the streaming jobs use. It needs no authentication.")
            String listener,

            @Required @JsonPropertyDescription("How topics are made.")
            Topics topics) {}

    /** How topics are made. */
    public record Topics(
            @Default("1")
            @Min(1)
            @Max(100)
            @JsonPropertyDescription("Partitions of each table's topic. Fixed while a pipeline lives.")
            Integer partitions,

            @Default("3") @Min(1) @Max(10) @JsonPropertyDescription("Replicas of each topic.")
            Integer replicas,

            @Default("7d")
            @Pattern(DURATION)
            @Size(max = 10)
            @JsonPropertyDescription(
                    "How long Kafka keeps a change, such as 7d. It must be longer than the longest time a job may stand still.")
            String retention,

            @Default("1048576")
            @Min(65536)
            @Max(16777216)
            @JsonPropertyDescription(
                    "How large one changed row may be as a record in Kafka, in bytes of JSON before compression: 64 KiB to"
                            + " 16 MiB.")
            Integer maxRecordBytes) {}

    /** The Kafka Connect cluster, run by Strimzi. */
    public record Connect(
            @Required
            @Size(min = 1, max = 63)
            @Pattern(DNS_LABEL)
            @JsonPropertyDescription("The namespace of the KafkaConnect resource; KafkaConnectors are created there.")
            String namespace,

            @Required
            @Size(min = 1, max = 253)
            @Pattern(DNS_NAME)
            @JsonPropertyDescription("The name of the KafkaConnect resource (kafka.strimzi.io).")
            String cluster,

            @Required
            @Size(min = 1, max = 63)
            @Pattern("^[a-zA-Z0-9_-]+$")
            @JsonPropertyDescription(
                    "The alias under which the workers know Strimzi's KubernetesSecretConfigProvider (config.providers), such as"
                            + " secrets.")
            String secretsProvider) {}

    /** How the streaming jobs run, under the Flink Kubernetes Operator. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Flink(
            @Required
            @Size(min = 1, max = 63)
            @Pattern(DNS_LABEL)
            @JsonPropertyDescription("The namespace where FlinkDeployments are created.")
            String namespace,

            @Required
            @Size(min = 1, max = 500)
            @Pattern("^[a-zA-Z0-9][-a-zA-Z0-9._/:@]*$")
            @JsonPropertyDescription(
                    "The image of Tributary's Flink job, such as registry.example.com/tributary/flink-job:0.1.0.")
            String image,

            @Default("v2_2")
            @Size(max = 10)
            @Pattern("^v2_[0-9]+$")
            @JsonPropertyDescription("The Flink version of the image, as FlinkDeployment spells it, such as v2_2.")
            String version,

            @Required
            @Size(min = 1, max = 253)
            @Pattern(DNS_NAME)
            @JsonPropertyDescription("The service account of the jobs' pods.")
            String serviceAccount,

            @Required
            @Size(min = 1, max = 500)
            @Pattern("^[a-z0-9]+://[^\\s\\x00-\\x1f\\x7f$]*$")
            @JsonPropertyDescription(
                    "A URI that all jobs' pods can reach, such as s3://bucket/flink: checkpoints and high availability data"
                            + " go below it, one folder a pipeline.")
            String stateStorage,

            @Default("10s")
            @Pattern(DURATION)
            @Size(max = 10)
            @JsonPropertyDescription(
                    "How often a job makes a checkpoint, such as 10s. What was written since the last one is written again after a"
                            + " restart.")
            String checkpointInterval,

            @Required @JsonPropertyDescription("What a JobManager gets.")
            Resources jobManager,

            @Required @JsonPropertyDescription("What a TaskManager gets.")
            Resources taskManager) {}

    /** CPU and memory of one Flink process. */
    public record Resources(
            @Required
            @Size(min = 1, max = 10)
            @Pattern("^[0-9]+([.][0-9]+)?$")
            @JsonPropertyDescription("CPUs, such as 0.5.")
            String cpu,

            @Required
            @Size(min = 1, max = 10)
            @Pattern("^[1-9][0-9]*(m|g)$")
            @JsonPropertyDescription("Memory of the whole process in Flink's notation, such as 1024m.")
            String memory) {}

    /** The ClickHouse that serves the rows. */
    public record ClickHouse(
            @Required
            @Size(min = 1, max = 500)
            @Pattern("^https?://[a-zA-Z0-9][-a-zA-Z0-9.]*(:[0-9]{1,5})?$")
            @JsonPropertyDescription("The HTTP endpoint, such as http://clickhouse.clickhouse.svc:8123.")
            String url,

            @Required
            @JsonPropertyDescription(
                    "The user that creates databases and tables and inserts rows: a Secret in the operator's namespace with"
                            + " the keys username and password.")
            SecretRef credentials) {}

    /** A Secret in the operator's namespace. */
    public record SecretRef(
            @Required @Size(min = 1, max = 253) @Pattern(DNS_NAME) @JsonPropertyDescription("The name of the Secret.")
            String secretName) {}

    /** Namespaces, and which tenants they may serve. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AllowedNamespaces(
            @Required
            @JsonPropertyDescription(
                    "Selects namespaces by their labels. {} selects all; {matchLabels: {kubernetes.io/metadata.name: acme}} one.")
            LabelSelector selector,

            @Nullable
            @Size(min = 1, max = 100)
            @JsonPropertyDescription(
                    "The tenant ids these namespaces may use, such as acme; '*' stands for any characters, as in acme-*. Omitted:"
                            + " any tenant.")
            List<@Size(min = 1, max = 24) @Pattern("^[-a-z0-9*]+$") String> tenants) {}
}
