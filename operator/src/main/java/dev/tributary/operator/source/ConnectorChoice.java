package dev.tributary.operator.source;

/** Which of the connector classes that Connect has is to capture a source. */
public sealed interface ConnectorChoice {

    /** This one. */
    record Use(String connectorClass) implements ConnectorChoice {}

    /**
     * None of them can.
     *
     * @param problem the rest of a sentence that begins with Connect's name: what it lacks, and what to do
     */
    record Missing(String problem) implements ConnectorChoice {}

    /**
     * There is one, but it would lose rows.
     *
     * @param problem the rest of a sentence that begins with Connect's name: why, and what to do
     */
    record LosesRows(String problem) implements ConnectorChoice {}
}
