/** What the box is made of: each {@link dev.tributary.box.part.Part} is one process. */
@NullMarked
package dev.tributary.box.part;

import org.jspecify.annotations.NullMarked;
