package dev.tributary.api.v1alpha1;

/** The conditions of a PipelineClass, in the order in which they are shown. */
public enum PipelineClassCondition {
    KafkaReachable("The brokers of its Kafka answer the operator."),
    ClickHouseReachable("Its ClickHouse answers the operator, and takes the login of its Secret."),
    Ready("All that it refers to is there and answers.");

    private final String meaning;

    PipelineClassCondition(String meaning) {
        this.meaning = meaning;
    }

    /** What it says when it is True, as a sentence for people. */
    public String meaning() {
        return meaning;
    }
}
