/** Flink: a JobManager and TaskManagers, each a process, for every deployment. */
@NullMarked
package dev.tributary.box.flink;

import org.jspecify.annotations.NullMarked;
