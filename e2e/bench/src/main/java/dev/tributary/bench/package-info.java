/** Benchmarks: {@code ./tributary bench NAME} prints a table and writes {@code .tributary/bench/NAME.json}. */
package dev.tributary.bench;
