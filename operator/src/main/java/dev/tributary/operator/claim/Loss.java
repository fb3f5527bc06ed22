package dev.tributary.operator.claim;

import dev.tributary.operator.condition.Reason;

/**
 * Changes of the source that never arrive. It is remembered until a person has a new epoch begin, also when the cause
 * cannot be seen any more.
 *
 * @param reason the reason of condition DataLoss
 * @param message what is known of it, one sentence
 */
public record Loss(Reason reason, String message) {}
