/** From Debezium's change events to batches of columns, one row per key. */
@NullMarked
package dev.tributary.job.change;

import org.jspecify.annotations.NullMarked;
