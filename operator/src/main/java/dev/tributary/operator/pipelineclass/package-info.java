/** Says of a PipelineClass whether what it refers to is there. */
@NullMarked
package dev.tributary.operator.pipelineclass;

import org.jspecify.annotations.NullMarked;
