/** What the commands read from a cluster, and how they print it. */
@NullMarked
package dev.tributary.cli.cluster;

import org.jspecify.annotations.NullMarked;
