/** The ClickHouse server. */
@NullMarked
package dev.tributary.box.clickhouse;

import org.jspecify.annotations.NullMarked;
