/** Prometheus, and promtool that judges its rules. */
@NullMarked
package dev.tributary.box.prometheus;

import org.jspecify.annotations.NullMarked;
