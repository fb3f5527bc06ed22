package dev.tributary.operator.source;

import java.util.List;

/** What a look at the source found. */
public sealed interface Inspection {

    /**
     * Everything asked for is there and can be carried.
     *
     * @param catalog what there is
     * @param notes what may hurt later, each a clause without an end; the same texts as long as the settings are the same
     */
    record Found(SourceCatalog catalog, List<String> notes) implements Inspection {
        public Found {
            notes = List.copyOf(notes);
        }
    }

    /**
     * Something keeps the source from being used.
     *
     * @param findings all that one look found, in a stable order, the most basic first; never empty
     */
    record Refused(List<Finding> findings) implements Inspection {
        public Refused {
            findings = List.copyOf(findings);
        }
    }
}
