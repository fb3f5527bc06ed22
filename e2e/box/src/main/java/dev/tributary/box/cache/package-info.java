/** What was downloaded or built once for all checkouts of a user. */
@NullMarked
package dev.tributary.box.cache;

import org.jspecify.annotations.NullMarked;
