/** What the box builds from Go modules: programs that nobody publishes as a package that every machine can fetch. */
@NullMarked
package dev.tributary.box.go;

import org.jspecify.annotations.NullMarked;
