package dev.tributary.job.quarantine;

/**
 * A record that is in quarantine, without its contents.
 *
 * @param place where it stands
 * @param position the position of its change, unsigned
 * @param key its key, possibly empty
 * @param size how many bytes it has
 */
public record Waiting(Place place, long position, byte[] key, long size) {}
