package dev.tributary.bench;

/**
 * One line of a benchmark.
 *
 * @param name what was measured
 * @param value the figure
 * @param unit its unit
 * @param against what it is compared with in the same run
 * @param ratio value divided by that
 */
public record Figure(String name, double value, String unit, String against, double ratio) {}
