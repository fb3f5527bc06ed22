package dev.tributary.operator.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far the capture is, as the source sees it. */
public sealed interface CaptureLook {

    /**
     * The source answered.
     *
     * @param server which server answered
     * @param position where the server's log is now, such as {@code 0/15D68C8}
     * @param slot the replication slot, or null when there is none
     * @param publicationExists whether the publication is there
     * @param omissions what it leaves out of the tables asked for, each a clause such as {@code has a row filter on table
     *     public.orders}; the changes that it left out are in no slot
     */
    record Seen(
            ServerIdentity server,
            String position,
            @Nullable Slot slot,
            boolean publicationExists,
            List<String> omissions)
            implements CaptureLook {
        public Seen {
            omissions = List.copyOf(omissions);
        }

        /**
         * Whether changes are being streamed right now. Debezium begins to stream when its snapshot is complete, and not
         * before.
         */
        public boolean streaming() {
            return slot != null && slot.streaming();
        }
    }

    /**
     * The source did not answer, or refused.
     *
     * @param finding why
     */
    record Refused(Finding finding) implements CaptureLook {}

    /**
     * A replication slot.
     *
     * @param active whether somebody holds it: to stream from it, or to make it, which lasts as long as the transactions
     *     that were open at that moment
     * @param streaming whether somebody streams from it
     * @param confirmedLsn up to where the reader has said it has everything, such as {@code 0/15D68C8}; null for a slot
     *     just being made
     * @param restartLsn the oldest position that is kept for it; null when nothing is kept any more
     * @param keepsAtMost how much the server keeps for a slot before it gives it up, such as {@code 10GB}; null when there
     *     is no limit
     * @param walStatus {@code reserved}, {@code extended}, {@code unreserved} or {@code lost}; null as long as nothing is
     *     reserved
     */
    record Slot(
            boolean active,
            boolean streaming,
            @Nullable String confirmedLsn,
            @Nullable String restartLsn,
            @Nullable String keepsAtMost,
            @Nullable String walStatus) {

        /** Whether PostgreSQL is still making it: that waits for every transaction that was open when it began. */
        public boolean isBeingMade() {
            return active && confirmedLsn == null;
        }
    }
}
