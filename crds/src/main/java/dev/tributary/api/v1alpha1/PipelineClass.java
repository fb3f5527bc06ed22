package dev.tributary.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** Where the shared engines are, and the limits of those who use them. Cluster-scoped, like a StorageClass. */
@JsonClassDescription("Where the shared engines are, who may use them, and the limits; made by the platform's team.")
@Group(Api.GROUP)
@Version(Api.VERSION)
@Plural("pipelineclasses")
@ShortNames("tpc")
@AdditionalPrinterColumn(name = "Kafka", jsonPath = ".spec.kafka.cluster")
@AdditionalPrinterColumn(name = "Connect", jsonPath = ".spec.connect.cluster")
@AdditionalPrinterColumn(name = "Flink", jsonPath = ".spec.flink.version")
@AdditionalPrinterColumn(name = "ClickHouse", jsonPath = ".spec.clickhouse.url")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
@AdditionalPrinterColumn(name = "Message", jsonPath = ".status.conditions[?(@.type==\"Ready\")].message", priority = 1)
public class PipelineClass extends CustomResource<PipelineClassSpec, PipelineClassStatus> {

    @Override
    @Required
    @JsonPropertyDescription("Where the engines are, and the limits.")
    public PipelineClassSpec getSpec() {
        return super.getSpec();
    }

    @Override
    // kstatus takes an object without a status for done; this one says that nobody has looked yet.
    @Default("{\"observedGeneration\": -1}")
    @JsonPropertyDescription("What is: written by the operator only.")
    public PipelineClassStatus getStatus() {
        return super.getStatus();
    }
}
