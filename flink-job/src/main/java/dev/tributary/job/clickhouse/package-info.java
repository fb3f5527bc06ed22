/** Writing batches to ClickHouse: every row arrives, or the job stops with a reason. */
@NullMarked
package dev.tributary.job.clickhouse;

import org.jspecify.annotations.NullMarked;
