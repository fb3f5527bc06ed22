package dev.tributary.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** What a user writes. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TenantPipelineSpec(
        @Required
        @Size(min = 1, max = 24)
        @Pattern("^[a-z]([-a-z0-9]{0,22}[a-z0-9])?$")
        @ValidationRule(
                value = "self == oldSelf",
                message = "tenant cannot be changed: delete this pipeline and create another")
        @ValidationRule(
                value = "!(self in ['default', 'system', 'information-schema', 'null', 'tributary'])",
                message = "this tenant name belongs to an engine or to Tributary itself: choose another")
        @JsonPropertyDescription(
                "The client's id, also known as client_id: lower-case letters, digits and '-', at most 24, beginning"
                        + " with a letter. It belongs to the first namespace that uses it, names the ClickHouse database (with"
                        + " '_' for '-') and every topic, and is stamped on every row. It cannot be changed.")
        String tenant,

        @Nullable
        @JsonPropertyDescription(
                "The PipelineClass that says which engines are used. Omitted: the default class, pinned once it is"
                        + " resolved (see status.effective.className).")
        ClassRef classRef,

        @Required @JsonPropertyDescription("The database to read from, and which of its tables.")
        Source source) {

    /** A reference to a {@link PipelineClass}. */
    public record ClassRef(
            @Required
            @Size(min = 1, max = 253)
            @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
            @JsonPropertyDescription("The name of a PipelineClass.")
            String name) {}
}
