/** etcd, the API server and the controller manager. */
@NullMarked
package dev.tributary.box.controlplane;

import org.jspecify.annotations.NullMarked;
