/**
 * The benchmark {@code job}: how much of what the machine can do the streaming job reaches. This process has the box and asks the
 * questions; Flink is in a process of its own ({@link dev.tributary.bench.job.FlinkMain}).
 */
@NullMarked
package dev.tributary.bench.job;

import org.jspecify.annotations.NullMarked;
