/** The stages that bring the world to the plan, one direction up, and in reverse down. */
@NullMarked
package dev.tributary.operator.apply;

import org.jspecify.annotations.NullMarked;
