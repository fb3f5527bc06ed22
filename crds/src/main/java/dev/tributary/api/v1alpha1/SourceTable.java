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

    /** Whether something of a column's values may be lost. */
    public enum Lossy {
        Refuse,
        Accept
    }

    /** One column. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SourceColumn(
            @Required
            @Size(min = 1, max = 63)
            @Pattern("^[^\\x00-\\x1f\\x7f]+$")
            @JsonPropertyDescription("The name of the column, exactly as the database spells it.")
            String name,

            @Nullable
            @Size(max = 150)
            @Pattern("^[A-Z][A-Za-z0-9]{1,30}(\\([A-Za-z0-9(), '_+/-]{1,100}\\))?$")
            @JsonPropertyDescription(
                    "The type the column has in ClickHouse, in ClickHouse's words, such as LowCardinality(String),"
                            + " Nullable(Int64) or Decimal(38, 9). Granted when it holds all that the source's type holds;"
                            + " else see lossy. Omitted: as docs/types.md says.")
            String type,

            @Nullable
            @JsonPropertyDescription(
                    "Accept: the type may lose something, such as digits after the point, as docs/types.md says of each; or"
                            + " the column may come at all, if its own type cannot be carried exactly. Refuse, the default:"
                            + " then the pipeline does not start. Not for columns of the key.")
            Lossy lossy,

            @Nullable
            @JsonPropertyDescription(
                    "What becomes of a value that the ClickHouse type cannot hold, such as the date 9999-12-31 or infinity. Stop,"
                            + " the default: the job stops there. Clamp: the nearest date or time that it can hold. Null: NULL,"
                            + " where the column allows it. Not for columns of the key. With type String nothing is out of range.")
            OutOfRange outOfRange,

            @Nullable
            @Size(max = 100)
            @Pattern("^[A-Z][A-Za-z0-9]{1,15}(\\([0-9]{1,3}\\))?(, ?[A-Z][A-Za-z0-9]{1,15}(\\([0-9]{1,3}\\))?){0,4}$")
            @JsonPropertyDescription(
                    "How ClickHouse compresses the column, such as ZSTD(3) or Delta, ZSTD. For tables that are made from now on;"
                            + " SchemaReady tells how to alter one that is there. Omitted: as the server does.")
            String codec) {

        /** A column in which only values that do not fit are of interest. */
        public SourceColumn(String name, OutOfRange outOfRange) {
            this(name, null, null, outOfRange, null);
        }

        /** What is to become of a value that does not fit. */
        public OutOfRange wantedOutOfRange() {
            return outOfRange == null ? OutOfRange.Stop : outOfRange;
        }

        /** Whether something may be lost. */
        public boolean acceptsLoss() {
            return lossy == Lossy.Accept;
        }
    }

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
