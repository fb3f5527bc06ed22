package dev.tributary.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One table of the source. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!has(self.key) || !has(self.withoutKey) || self.withoutKey != 'AppendOnly'",
        message = "key and withoutKey AppendOnly exclude each other: rows with a key can be told apart")
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
        Target target,

        @Nullable
        @Size(max = 500)
        @JsonPropertyDescription("Columns that are not to be carried as docs/types.md says, each named once.")
        List<SourceColumn> columns,

        @Nullable
        @Size(min = 1, max = 32)
        @JsonPropertyDescription(
                "The columns that tell the rows of a table without a primary key apart, in the order that the ClickHouse table"
                        + " is to have. The table needs a unique index of exactly these columns that is not deferrable, each NOT"
                        + " NULL, and a replica identity that has them: that index, or FULL. Omitted: the primary key's.")
        List<@Size(min = 1, max = 63) @Pattern("^[^\\x00-\\x1f\\x7f]+$") String> key,

        @Nullable
        @JsonPropertyDescription(
                "What to do with a table that nothing tells the rows of apart. Refuse: it is not captured. AppendOnly: its rows"
                        + " only ever come, each at least once: after a restart of Kafka Connect some may be there twice. An"
                        + " update or delete of a row is a record that cannot be carried, see processing.onBadRecord; TRUNCATE"
                        + " can. It needs REPLICA IDENTITY FULL, without which PostgreSQL would refuse to update or delete rows"
                        + " of a published table. Omitted: Refuse.")
        WithoutKey withoutKey) {

    /** A table as it is. */
    public SourceTable(String schema, String name, @Nullable Target target) {
        this(schema, name, target, null);
    }

    /** A table with what becomes of some of its columns. */
    public SourceTable(String schema, String name, @Nullable Target target, @Nullable List<SourceColumn> columns) {
        this(schema, name, target, columns, null, null);
    }

    /** What to do with a table that nothing tells the rows of apart. */
    public enum WithoutKey {
        Refuse,
        AppendOnly
    }

    /** What becomes of a value that its ClickHouse type cannot hold. */
    public enum OutOfRange {
        Stop,
        Clamp,
        Null
    }

    /** One column. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SourceColumn(
            @Required
            @Size(min = 1, max = 63)
            @Pattern("^[^\\x00-\\x1f\\x7f]+$")
            @JsonPropertyDescription("The name of the column, exactly as the database spells it.")
            String name,

            @Required
            @JsonPropertyDescription(
                    "What becomes of a value that the ClickHouse type cannot hold, such as the date 9999-12-31 or infinity. Stop:"
                            + " the job stops there. Clamp: the nearest date or time that it can hold. Null: NULL, where the"
                            + " column allows it. Not for columns of the key.")
            OutOfRange outOfRange) {}

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
