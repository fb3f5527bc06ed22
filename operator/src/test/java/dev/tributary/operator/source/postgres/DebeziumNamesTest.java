package dev.tributary.operator.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.operator.source.TableId;
import dev.tributary.operator.source.postgres.FoundTable.FoundColumn;
import dev.tributary.operator.source.postgres.FoundTable.FoundIndex;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What 3.6.3's own classes were seen to do with each of these names. */
class DebeziumNamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders", " a ", "a.b", "it's", "a\"b", "a\"\"b", "'q'", "`q`", "a`b", "a\\b", "a,b", "${x}", "🚚",
                "[x]", "'"
            })
    void aNameThatComesBackAsItWasIsFine(String name) {
        assertThat(DebeziumNames.obstacle(table(name, "id"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a''b", "a``b", "''", "\"q\"", "\"", "\"a", "a\""})
    void aNameThatComesBackAsAnotherIsRefused(String name) {
        assertThat(DebeziumNames.obstacle(table(name, "id")))
                .hasValueSatisfying(w -> assertThat(w).startsWith("has a name that Debezium reads as another"));
    }

    @Test
    void aNameOfBlanksIsRefused() {
        assertThat(DebeziumNames.obstacle(table("  ", "id")))
                .hasValueSatisfying(w -> assertThat(w).startsWith("has a name of blanks"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"q\"", "'q'", "`q`", "''"})
    void aColumnThatLosesItsQuotesIsRefused(String column) {
        assertThat(DebeziumNames.obstacle(table("orders", "id", column)))
                .hasValueSatisfying(w -> assertThat(w).startsWith("has a column " + column));
    }

    @ParameterizedTest
    @ValueSource(strings = {"it's", "a''b", "\"", "'a", "a\"b", "a b"})
    void aColumnThatKeepsItsNameIsFine(String column) {
        assertThat(DebeziumNames.obstacle(table("orders", "id", column))).isEmpty();
    }

    @Test
    void columnsThatDifferInCaseOnlyAreRefused() {
        assertThat(DebeziumNames.obstacle(table("orders", "id", "Total", "total")))
                .hasValueSatisfying(w -> assertThat(w).startsWith("has columns Total and total"));
    }

    /** Without a primary key Debezium looks for a key among the unique indexes, and stops at one that it misreads. */
    @ParameterizedTest
    @ValueSource(strings = {"id", "lower(code)", "((id + 1))", "COALESCE(code, 'x'::text)"})
    void aUniqueIndexThatDebeziumReadsOrLeavesOutIsFine(String part) {
        assertThat(DebeziumNames.obstacle(table("orders", List.of(index("i", false, part)), "id", "code")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"\"b", "((code)::citext)"})
    void aUniqueIndexThatDebeziumMisreadsIsRefusedWhereThereIsNoPrimaryKey(String part) {
        assertThat(DebeziumNames.obstacle(table("orders", List.of(index("i", false, part)), "a\"b", "code")))
                .hasValueSatisfying(w -> assertThat(w).contains("a unique index i"));
        assertThat(DebeziumNames.obstacle(
                        table("orders", List.of(index("p", true, "code"), index("i", false, part)), "a\"b", "code")))
                .isEmpty();
    }

    @Test
    void aColumnThatReadsLikeAnotherOnceJoinedByDotsIsFound() {
        FoundTable table = table("a", "b.c", "d");
        FoundTable other = table("a.b", "c", "d");

        assertThat(DebeziumNames.lookalike(table.id(), "b.c", List.of(table, other)))
                .contains("column c of public.a.b");
        assertThat(DebeziumNames.lookalike(table.id(), "d", List.of(table, other)))
                .isEmpty();
    }

    private static FoundTable table(String name, String... columns) {
        return table(name, List.of(index("orders_pkey", true, "id")), columns);
    }

    private static FoundTable table(String name, List<FoundIndex> indexes, String... columns) {
        TypeDescription type = new TypeDescription("text", "text", false, true, -1);
        List<FoundColumn> found = Stream.of(columns)
                .map(c -> new FoundColumn(c, type, true, false, false))
                .toList();
        return new FoundTable(
                new TableId("public", name),
                1,
                "r",
                false,
                false,
                null,
                null,
                "owner",
                true,
                true,
                false,
                false,
                found,
                List.of(),
                indexes);
    }

    private static FoundIndex index(String name, boolean primary, String... parts) {
        return new FoundIndex(
                name, primary ? List.of(parts) : List.of(), primary, false, true, false, false, List.of(parts));
    }
}
