package dev.tributary.operator.source;

/**
 * What tells a server from every other one that may answer under its name: another cluster, a restored copy, a replica
 * that was promoted. A position in the log of one means nothing to another.
 *
 * @param systemIdentifier made by initdb, the same in every physical copy
 * @param timeline rises with each recovery to a point in time and each promotion
 */
public record ServerIdentity(String systemIdentifier, int timeline) {}
