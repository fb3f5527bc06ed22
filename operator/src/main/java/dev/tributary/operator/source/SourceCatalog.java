package dev.tributary.operator.source;

import java.util.List;

/**
 * What the source has.
 *
 * @param serverVersion the server's version, such as {@code 18.1}
 * @param server which server answered
 * @param tables the tables asked for, in the order they were asked for
 */
public record SourceCatalog(String serverVersion, ServerIdentity server, List<SourceTableInfo> tables) {
    public SourceCatalog {
        tables = List.copyOf(tables);
    }
}
