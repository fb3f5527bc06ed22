/** What a pipeline is and where it is. */
@NullMarked
package dev.tributary.cli.status;

import org.jspecify.annotations.NullMarked;
