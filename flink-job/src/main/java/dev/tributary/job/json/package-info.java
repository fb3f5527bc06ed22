/** Reading JSON in place: no tree, no object per value. */
@NullMarked
package dev.tributary.job.json;

import org.jspecify.annotations.NullMarked;
