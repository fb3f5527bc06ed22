/** Kafka Connect: one distributed worker with Debezium and Strimzi's secrets provider. */
@NullMarked
package dev.tributary.box.connect;

import org.jspecify.annotations.NullMarked;
