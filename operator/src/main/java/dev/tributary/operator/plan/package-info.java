/** Pure functions from what is wanted and what was seen to a {@link dev.tributary.operator.plan.PipelinePlan}. No I/O. */
@NullMarked
package dev.tributary.operator.plan;

import org.jspecify.annotations.NullMarked;
