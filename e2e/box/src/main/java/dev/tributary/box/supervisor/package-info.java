/** Keeps the parts of a box running. */
@NullMarked
package dev.tributary.box.supervisor;

import org.jspecify.annotations.NullMarked;
