/** Tributary's operator as a part of the box. */
@NullMarked
package dev.tributary.box.operator;

import org.jspecify.annotations.NullMarked;
