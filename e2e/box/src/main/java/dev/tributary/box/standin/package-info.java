/**
 * Stand-ins: where the operators of Strimzi and Flink cannot be had, small programs play the part of them that Tributary
 * relies on, with those projects' own CRDs, status conventions, annotations and refusals. What a stand-in does not
 * support it refuses by the field's name; it never ignores a field.
 */
@NullMarked
package dev.tributary.box.standin;

import org.jspecify.annotations.NullMarked;
