/** Turns what the stages came to into conditions, events and metrics: one status patch, none if nothing changed. */
@NullMarked
package dev.tributary.operator.report;

import org.jspecify.annotations.NullMarked;
