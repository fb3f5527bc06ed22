/** The only place that speaks to ClickHouse: names, DDL, and what is there. */
@NullMarked
package dev.tributary.operator.clickhouse;

import org.jspecify.annotations.NullMarked;
