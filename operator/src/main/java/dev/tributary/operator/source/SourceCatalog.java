package dev.tributary.operator.source;

import java.util.List;

/**
 * What the source has.
 *
 * @param serverVersion the server's version, such as {@code 18.1}
 * @param databaseId what tells this database from every other one, a restored copy or a different server under the same
 *     name included as far as the engine can tell
 * @param tables the tables asked for, in the order they were asked for
 */
public record SourceCatalog(String serverVersion, String databaseId, List<SourceTableInfo> tables) {
    public SourceCatalog {
        tables = List.copyOf(tables);
    }
}
