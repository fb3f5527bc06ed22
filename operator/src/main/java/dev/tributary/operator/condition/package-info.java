/** The words of the status: condition types, reasons, and what a stage can come to. */
@NullMarked
package dev.tributary.operator.condition;

import org.jspecify.annotations.NullMarked;
