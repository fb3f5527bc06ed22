package dev.tributary.operator.source;

import java.util.List;

/** What was done so that the publication holds exactly the listed tables. */
public sealed interface PublicationOutcome {

    /** There was none, and now there is. */
    record Created() implements PublicationOutcome {}

    /**
     * It was there and ours, and now has the listed tables and our options.
     *
     * @param added tables it did not have, in the order listed
     * @param removed tables it had and that are not listed, in order of name
     */
    record Changed(List<TableId> added, List<TableId> removed) implements PublicationOutcome {
        public Changed {
            added = List.copyOf(added);
            removed = List.copyOf(removed);
        }
    }

    /** It was there and as it should be; or it is provided, and none of our business. */
    record Unchanged() implements PublicationOutcome {}

    /**
     * Nothing was done.
     *
     * @param finding why
     */
    record Refused(Finding finding) implements PublicationOutcome {}
}
