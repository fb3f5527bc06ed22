/**
 * The stand-in for Strimzi 1.2: KafkaTopic to Kafka's Admin API, KafkaConnector to Connect's REST API, and the status of
 * Kafka and KafkaConnect. Names, reasons and messages follow Strimzi's sources; the difference is that it looks every few
 * seconds where Strimzi looks every two minutes.
 */
@NullMarked
package dev.tributary.box.standin.strimzi;

import org.jspecify.annotations.NullMarked;
