/** Checks of a cluster, one line each. */
@NullMarked
package dev.tributary.cli.doctor;

import org.jspecify.annotations.NullMarked;
