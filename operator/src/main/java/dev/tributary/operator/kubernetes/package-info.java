/** What Tributary marks its objects in Kubernetes with, and how it writes them. */
@NullMarked
package dev.tributary.operator.kubernetes;

import org.jspecify.annotations.NullMarked;
