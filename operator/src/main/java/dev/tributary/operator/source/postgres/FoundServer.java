package dev.tributary.operator.source.postgres;

import dev.tributary.operator.source.ServerIdentity;
import org.jspecify.annotations.Nullable;

/**
 * What the server says of itself, of the user and of the slot.
 *
 * @param version such as {@code 18.1}
 * @param versionNumber such as 180001
 * @param identity which server it is
 * @param position where its log is, empty in recovery
 * @param walLevel the setting wal_level
 * @param standby whether the server is in recovery
 * @param mayReplicate whether the user may stream changes
 * @param amazon whether the right to stream is given by membership in rds_replication
 * @param mayCreate whether the user may create objects such as publications in the database
 * @param slots how many replication slots there are
 * @param maxSlots how many there may be
 * @param senders how many connections for replication there are
 * @param maxSenders how many there may be
 * @param slot what is known under the slot's name
 * @param walKept the setting max_slot_wal_keep_size: -1 for no limit, else such as {@code 10GB}
 * @param idleLimit the setting idle_replication_slot_timeout, such as {@code 1d}; 0 for none, and before version 18
 * @param enumWithoutLabels a type of the database that counts as an enum and has no labels: a domain made of an enum, or
 *     an enum that is still empty
 */
record FoundServer(
        String version,
        int versionNumber,
        ServerIdentity identity,
        String position,
        String walLevel,
        boolean standby,
        boolean mayReplicate,
        boolean amazon,
        boolean mayCreate,
        int slots,
        int maxSlots,
        int senders,
        int maxSenders,
        SlotName slot,
        String walKept,
        String idleLimit,
        @Nullable String enumWithoutLabels) {

    /** What is known under the slot's name. */
    enum SlotName {
        /** Nothing. */
        FREE,
        /** A slot for pgoutput of this database: it can only be the one that was made for this capture. */
        OURS,
        /** A slot of another database or for another decoder. */
        FOREIGN
    }
}
