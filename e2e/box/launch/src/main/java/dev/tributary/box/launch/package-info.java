/** Runs inside the box's JVMs beside an engine. No dependencies. */
@NullMarked
package dev.tributary.box.launch;

import org.jspecify.annotations.NullMarked;
