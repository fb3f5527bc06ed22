/** The PostgreSQL server that plays the clients' databases. */
@NullMarked
package dev.tributary.box.postgresql;

import org.jspecify.annotations.NullMarked;
