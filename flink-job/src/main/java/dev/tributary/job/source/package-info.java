/** Reading the topics: untouched bytes with their position, and never past a gap. */
@NullMarked
package dev.tributary.job.source;

import org.jspecify.annotations.NullMarked;
