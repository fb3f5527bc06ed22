/** The operator: observe, plan, apply, report. */
@NullMarked
package dev.tributary.operator;

import org.jspecify.annotations.NullMarked;
