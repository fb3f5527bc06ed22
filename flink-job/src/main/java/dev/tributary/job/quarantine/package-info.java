/** Records that could not be carried: which they are, and what must not be carried because of them. */
@NullMarked
package dev.tributary.job.quarantine;

import org.jspecify.annotations.NullMarked;
