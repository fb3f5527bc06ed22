package dev.tributary.api.v1alpha1;

/** The conditions of a PipelineClass, in the order in which they are shown. */
public enum PipelineClassCondition {
    /** The brokers of its Kafka answer the operator. */
    KafkaReachable,
    /** Its ClickHouse answers the operator, and takes the login of its Secret. */
    ClickHouseReachable,
    /** All that it refers to is there and answers. */
    Ready
}
