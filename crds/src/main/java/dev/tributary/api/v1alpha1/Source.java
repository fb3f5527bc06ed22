package dev.tributary.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** The database to read from, and which of its tables. */
public record Source(
        @Required @JsonPropertyDescription("A PostgreSQL database, version 14 or newer, with wal_level=logical.")
        PostgresqlSource postgresql,

        @Required
        @Size(min = 1, max = 500)
        @JsonPropertyDescription(
                "The tables to copy, 1 to 500, each named once. Each needs a primary key, or key, or withoutKey.")
        List<SourceTable> tables) {}
