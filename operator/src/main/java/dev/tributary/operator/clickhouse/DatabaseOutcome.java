package dev.tributary.operator.clickhouse;

/** What became of a database that should be there. */
public sealed interface DatabaseOutcome permits DatabaseOutcome.Created, DatabaseOutcome.Present, Refusal {

    /** There was none, and now there is. */
    record Created() implements DatabaseOutcome {}

    /** It is there and ours. */
    record Present() implements DatabaseOutcome {}
}
