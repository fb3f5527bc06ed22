/** The contract between the operator, which writes a {@link dev.tributary.jobspec.JobSpec}, and the job, which runs it. */
@NullMarked
package dev.tributary.jobspec;

import org.jspecify.annotations.NullMarked;
