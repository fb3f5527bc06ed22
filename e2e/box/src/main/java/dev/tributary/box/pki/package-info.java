/** Certificates that the box makes for itself. */
@NullMarked
package dev.tributary.box.pki;

import org.jspecify.annotations.NullMarked;
