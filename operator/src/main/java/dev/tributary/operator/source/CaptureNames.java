package dev.tributary.operator.source;

/**
 * What a pipeline's capture is called at the source, and whose it is.
 *
 * @param slot the replication slot: {@code [a-z0-9_]}, at most 63 characters
 * @param publication the publication, at most 63 bytes
 * @param owner the pipeline, {@code namespace/name}; written as a mark on what is made, and checked before it is changed
 */
public record CaptureNames(String slot, String publication, String owner) {

    /** The mark that says whose a publication is. It has no UID in it, so that a restored pipeline finds its own. */
    public String mark() {
        return "tributary: " + owner;
    }
}
