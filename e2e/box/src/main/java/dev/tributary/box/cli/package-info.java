/** The commands behind {@code ./tributary}. */
@NullMarked
package dev.tributary.box.cli;

import org.jspecify.annotations.NullMarked;
