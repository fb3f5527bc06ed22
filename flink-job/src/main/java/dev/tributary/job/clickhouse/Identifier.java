package dev.tributary.job.clickhouse;

/**
 * A name in ClickHouse's SQL. The only way a name gets into a statement.
 *
 * @param name the name, unquoted
 */
record Identifier(String name) {

    /** The name in back quotes, with what would end them escaped. */
    String sql() {
        return '`' + name.replace("\\", "\\\\").replace("`", "\\`") + '`';
    }
}
