package dev.tributary.job.change;

/** Where a value is. */
record Cell(ColumnBuffer column, int row) {}
