/** Looking at a JobSpec, and at what it needs, without running it. */
@NullMarked
package dev.tributary.job.check;

import org.jspecify.annotations.NullMarked;
