/** The streaming job: one pipeline's changes, from its Kafka topics into ClickHouse. */
@NullMarked
package dev.tributary.job;

import org.jspecify.annotations.NullMarked;
