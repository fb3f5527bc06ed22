package dev.tributary.bench.job;

/**
 * What a table shows with FINAL, in short.
 *
 * @param rows how many
 * @param checksum the sum of the rows' checksums: all columns, and the position that the row's version has
 */
record VisibleState(long rows, long checksum) {}
