package dev.tributary.operator.source;

/**
 * What a pipeline's capture is called at the source, and whose it is.
 *
 * @param slot the replication slot: {@code [a-z0-9_]}, at most 63 characters
 * @param publication the publication, at most 63 bytes
 * @param management who makes, changes and drops the publication
 * @param owner the pipeline, {@code namespace/name}; written as a mark on what is made, and checked before it is changed
 */
public record CaptureNames(String slot, String publication, Management management, String owner) {

    /** The mark that says whose a publication is. It has no UID in it, so that a restored pipeline finds its own. */
    public String mark() {
        return "tributary: " + owner;
    }

    /** Whether the publication is somebody else's: it is looked at, and never made, changed or dropped. */
    public boolean provided() {
        return management == Management.PROVIDED;
    }

    /** Who makes, changes and drops the publication. */
    public enum Management {
        /** The operator does. */
        MANAGED,
        /** The client does. */
        PROVIDED
    }
}
