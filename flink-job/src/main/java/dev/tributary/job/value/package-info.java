/** From one JSON value to its bytes in ClickHouse's Native format. */
@NullMarked
package dev.tributary.job.value;

import org.jspecify.annotations.NullMarked;
