/** The platform in a box: real engines as child processes of one supervisor. */
@NullMarked
package dev.tributary.box;

import org.jspecify.annotations.NullMarked;
