/** Who owns a tenant: the claim, made by create, so that two namespaces can never both win. */
@NullMarked
package dev.tributary.operator.claim;

import org.jspecify.annotations.NullMarked;
