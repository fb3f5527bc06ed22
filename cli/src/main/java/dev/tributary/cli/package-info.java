/** The commands of {@code kubectl tributary}. */
@NullMarked
package dev.tributary.cli;

import org.jspecify.annotations.NullMarked;
