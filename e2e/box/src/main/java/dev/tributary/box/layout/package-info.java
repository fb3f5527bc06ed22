/** Where things are: in the checkout, in one box's folder, in the user's cache. */
@NullMarked
package dev.tributary.box.layout;

import org.jspecify.annotations.NullMarked;
