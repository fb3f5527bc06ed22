/**
 * What Tributary asks of a source database, whichever engine it is: look at it, publish tables, see how far the capture
 * is, and take everything away again. One package per engine below this one speaks to that engine.
 */
@NullMarked
package dev.tributary.operator.source;

import org.jspecify.annotations.NullMarked;
