package dev.tributary.operator.clickhouse;

/** What became of the rows of older epochs. */
public sealed interface SweepOutcome permits SweepOutcome.Swept, Refusal {

    /** None is left. */
    record Swept() implements SweepOutcome {}
}
