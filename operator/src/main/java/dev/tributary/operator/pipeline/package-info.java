/** The reconciler: observe, plan, apply, report. */
@NullMarked
package dev.tributary.operator.pipeline;

import org.jspecify.annotations.NullMarked;
