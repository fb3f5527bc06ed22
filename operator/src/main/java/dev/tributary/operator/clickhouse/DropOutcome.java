package dev.tributary.operator.clickhouse;

/** What became of something that was to be dropped. */
public sealed interface DropOutcome permits DropOutcome.Gone, DropOutcome.Kept, Refusal {

    /** It is not there now. */
    record Gone() implements DropOutcome {}

    /** It is there and not ours, or holds what is not ours. */
    record Kept() implements DropOutcome {}
}
