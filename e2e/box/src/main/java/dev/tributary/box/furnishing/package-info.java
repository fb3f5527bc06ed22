/** What is put into a fresh API server before anybody works with it. */
@NullMarked
package dev.tributary.box.furnishing;

import org.jspecify.annotations.NullMarked;
