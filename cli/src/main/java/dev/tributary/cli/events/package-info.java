/** What happened to a pipeline, in the order of time. */
@NullMarked
package dev.tributary.cli.events;

import org.jspecify.annotations.NullMarked;
