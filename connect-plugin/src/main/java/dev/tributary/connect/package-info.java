/** The restart guard: after a restart Debezium's PostgreSQL connector sends rows twice rather than not at all. */
@NullMarked
package dev.tributary.connect;

import org.jspecify.annotations.NullMarked;
