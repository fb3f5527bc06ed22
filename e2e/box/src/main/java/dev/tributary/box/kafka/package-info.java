/** Kafka: one broker that is its own controller. */
@NullMarked
package dev.tributary.box.kafka;

import org.jspecify.annotations.NullMarked;
