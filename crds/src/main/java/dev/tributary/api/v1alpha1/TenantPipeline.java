package dev.tributary.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** One client's database, live in one ClickHouse database. */
@JsonClassDescription(
        "One client's database, live in one ClickHouse database: every row of the listed tables, and every change within"
                + " seconds.")
@Group(Api.GROUP)
@Version(Api.VERSION)
@ShortNames("tp")
@Categories("tributary")
@AdditionalPrinterColumn(name = "Tenant", jsonPath = ".spec.tenant")
@AdditionalPrinterColumn(name = "Source", jsonPath = ".status.source")
@AdditionalPrinterColumn(name = "Tables", jsonPath = ".status.tables")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
@AdditionalPrinterColumn(name = "Class", jsonPath = ".status.effective.className", priority = 1)
@AdditionalPrinterColumn(name = "Database", jsonPath = ".status.effective.database", priority = 1)
@AdditionalPrinterColumn(
        name = "Snapshot",
        jsonPath = ".status.conditions[?(@.type==\"SnapshotComplete\")].status",
        priority = 1)
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason", priority = 1)
@AdditionalPrinterColumn(name = "Message", jsonPath = ".status.conditions[?(@.type==\"Ready\")].message", priority = 1)
@ValidationRule(
        value = "self.metadata.name.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$') && size(self.metadata.name) <= 40",
        message = "metadata.name is part of topic names: lower-case letters, digits and '-', at most 40, no dots")
public class TenantPipeline extends CustomResource<TenantPipelineSpec, TenantPipelineStatus> implements Namespaced {

    @Override
    @Required
    @JsonPropertyDescription("What should be: which tables of which database flow, and whose they are.")
    public TenantPipelineSpec getSpec() {
        return super.getSpec();
    }

    @Override
    // kstatus takes an object without a status for done; this one says that nobody has looked yet.
    @Default("{\"observedGeneration\": -1}")
    @JsonPropertyDescription("What is: written by the operator only.")
    public TenantPipelineStatus getStatus() {
        return super.getStatus();
    }
}
