package dev.tributary.operator.source;

/**
 * One column of a source table.
 *
 * @param name the name, spelled as the database spells it
 * @param typeName the type as the database writes it, such as {@code numeric(12,2)}
 * @param nullable whether the column allows NULL
 * @param mapping whether its values can be carried
 */
public record SourceColumn(String name, String typeName, boolean nullable, ColumnMapping mapping) {}
