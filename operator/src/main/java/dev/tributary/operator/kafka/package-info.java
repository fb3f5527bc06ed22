/** Speaks of Kafka: Strimzi's resources, as far as they are written and read here, and the brokers themselves. */
@NullMarked
package dev.tributary.operator.kafka;

import org.jspecify.annotations.NullMarked;
