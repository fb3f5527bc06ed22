package dev.tributary.operator.source;

import java.util.List;

/** What a look at the source found. */
public sealed interface Inspection {

    /**
     * Everything asked for is there and can be carried.
     *
     * @param catalog what there is
     */
    record Found(SourceCatalog catalog) implements Inspection {}

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
