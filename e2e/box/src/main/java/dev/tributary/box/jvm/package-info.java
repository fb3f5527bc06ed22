/** How the box runs a JVM: bounded memory, a quick start, and an end that comes with its parent's. */
@NullMarked
package dev.tributary.box.jvm;

import org.jspecify.annotations.NullMarked;
