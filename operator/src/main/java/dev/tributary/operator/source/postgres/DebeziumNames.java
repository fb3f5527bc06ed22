package dev.tributary.operator.source.postgres;

import dev.tributary.operator.source.TableId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Names that Debezium 3.6 does not read back as it wrote them. It passes a streamed table's name on as quoted text and
 * parses it again: a table whose name comes out differently is in no include list any more, and its changes are dropped
 * without a word, although its snapshot was complete.
 */
final class DebeziumNames {

    private static final List<String> QUOTES = List.of("\"", "'", "`");

    /** PostgresConnection.FUNCTION_DEFAULT_PATTERN and EXPRESSION_DEFAULT_PATTERN. */
    private static final Pattern FUNCTION = Pattern.compile("^[(]?[A-Za-z0-9_.]+\\((?:.+(?:, ?.+)*)?\\)");

    private static final Pattern EXPRESSION =
            Pattern.compile("\\(+(?:.+(?:[+ - * / < > = ~ ! @ # % ^ & | ` ?] ?.+)+)+\\)");

    private DebeziumNames() {}

    /** Why a table cannot be captured under its name, or with its columns' names; empty when it can. */
    static Optional<String> obstacle(FoundTable table) {
        if (Stream.of(table.id().schema(), table.id().name())
                .anyMatch(n -> n.trim().isEmpty())) {
            return Optional.of("has a name of blanks, which Debezium leaves out of the topic's: rename it");
        }
        if (Stream.of(table.id().schema(), table.id().name()).anyMatch(DebeziumNames::isMisread)) {
            return Optional.of(
                    "has a name that Debezium reads as another (a double quote at its begin or end, or two single"
                            + " quotes or backticks in a row): rename it, or leave it out");
        }
        Map<String, String> lowerCase = new HashMap<>();
        for (FoundTable.FoundColumn column : table.columns()) {
            if (isUnquoted(column.name())) {
                return Optional.of("has a column " + column.name()
                        + " whose name Debezium takes for a quoted one: rename it, or leave the table out");
            }
            String other = lowerCase.put(column.name().toLowerCase(Locale.ROOT), column.name());
            if (other != null) {
                return Optional.of("has columns " + other + " and " + column.name()
                        + " that differ in case only, and Debezium takes one for the other: rename one, or leave the"
                        + " table out");
            }
        }
        return obstacleOfIndexes(table);
    }

    /**
     * Without a primary key it takes the first unique index for the key, by what the JDBC driver calls its parts, and stops
     * where one of them is no column. That message.key.columns names another key does not help.
     */
    private static Optional<String> obstacleOfIndexes(FoundTable table) {
        if (!table.primaryKey().isEmpty()) {
            return Optional.empty();
        }
        List<String> columns =
                table.columns().stream().map(FoundTable.FoundColumn::name).toList();
        return table.indexes().stream()
                .filter(index ->
                        index.parts().stream().anyMatch(part -> !columns.contains(part) && !isExpression(part)))
                .findFirst()
                .map(index -> "has no primary key, and a unique index " + index.name()
                        + " with a part that Debezium takes for a column: give the table a primary key, or leave it"
                        + " out");
    }

    /** PostgresConnection.isTableUniqueIndexIncluded, which leaves such an index out. */
    private static boolean isExpression(String part) {
        return FUNCTION.matcher(part).matches() || EXPRESSION.matcher(part).matches();
    }

    /**
     * Another column that Debezium takes for this one of a declared key; empty when there is none.
     *
     * @param tables where it may be
     */
    static Optional<String> lookalike(TableId table, String column, Collection<FoundTable> tables) {
        Pattern pattern = Pattern.compile(PostgresConnector.keyPattern(table, column));
        return tables.stream()
                .flatMap(other -> other.columns().stream()
                        .map(FoundTable.FoundColumn::name)
                        .filter(name -> !(other.id().equals(table) && name.equals(column)))
                        .filter(name -> pattern.matcher(other.id() + "." + name).matches())
                        .map(name -> "column " + name + " of " + other.id()))
                .findFirst();
    }

    /** TableId.quote leaves a part alone that begins or ends with a quote; TableIdParser halves doubled quotes of any kind. */
    private static boolean isMisread(String name) {
        return name.startsWith("\"") || name.endsWith("\"") || name.contains("''") || name.contains("``");
    }

    /** Strings.unquoteIdentifierPart, which streamed columns go through. */
    private static boolean isUnquoted(String name) {
        return name.length() > 1 && QUOTES.stream().anyMatch(q -> name.startsWith(q) && name.endsWith(q));
    }
}
