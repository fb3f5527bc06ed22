/** Resolves what a pipeline refers to and reads what is there, into records. */
@NullMarked
package dev.tributary.operator.observe;

import org.jspecify.annotations.NullMarked;
