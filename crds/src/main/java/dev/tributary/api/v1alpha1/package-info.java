/** The API, group {@code tributary.dev/v1alpha1}. What is written here is what {@code kubectl explain} says. */
@NullMarked
package dev.tributary.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
