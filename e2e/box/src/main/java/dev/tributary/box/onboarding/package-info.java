/** Takes the sample client aboard, as a user would. */
@NullMarked
package dev.tributary.box.onboarding;

import org.jspecify.annotations.NullMarked;
