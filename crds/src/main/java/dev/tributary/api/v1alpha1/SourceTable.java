package dev.tributary.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** One table of the source. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SourceTable(
        @Default("public")
        @Size(min = 1, max = 63)
        @Pattern("^[^\\x00-\\x1f\\x7f]+$")
        @JsonPropertyDescription("The schema of the table, exactly as the database spells it.")
        String schema,

        @Required
        @Size(min = 1, max = 63)
        @Pattern("^[^\\x00-\\x1f\\x7f]+$")
        @JsonPropertyDescription("The name of the table, exactly as the database spells it.")
        String name,

        @Nullable @JsonPropertyDescription("Where the rows go, when the default does not suit.")
        Target target) {

    /** Where the rows go. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Target(
            @Nullable
            @Size(min = 1, max = 128)
            @Pattern("^[^\\x00-\\x1f\\x7f]+$")
            @JsonPropertyDescription(
                    "The name of the ClickHouse table. Omitted: the source table's name for schema public, else"
                            + " <schema>_<table>.")
            String table) {}
}
