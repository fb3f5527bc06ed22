/** The only place that speaks to PostgreSQL, and that knows Debezium's PostgreSQL connector. */
@NullMarked
package dev.tributary.operator.source.postgres;

import org.jspecify.annotations.NullMarked;
