package dev.tributary.bench.job;

/** What is done with the topic. */
enum Way {
    /** Flink reads the records and throws them away. */
    BYTES("a  bytes read, thrown away"),
    /** The job's source, parser and buffers; full buffers are emptied. */
    PARSE("b  parsed, thrown away"),
    /** No Kafka, no Flink: blocks made before go into ClickHouse. */
    BLOCKS("c  prebuilt blocks inserted"),
    /** The job. */
    JOB("d  our job"),
    /** The job as one would write it in an afternoon. */
    NAIVE("e  the job, naively"),
    /** ClickHouse's Kafka engine with a materialized view; no Flink. */
    KAFKA_ENGINE("f  ClickHouse's Kafka engine");

    private final String title;

    Way(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** For short. */
    String letter() {
        return title.substring(0, 1);
    }

    /** Whether it leaves the table as the changes say. */
    boolean fillsTheTable() {
        return this == JOB || this == NAIVE || this == KAFKA_ENGINE;
    }
}
