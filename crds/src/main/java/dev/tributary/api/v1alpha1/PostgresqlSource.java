package dev.tributary.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL database. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PostgresqlSource(
        @Required
        @Size(min = 1, max = 253)
        @Pattern("^[a-zA-Z0-9]([-a-zA-Z0-9.]*[a-zA-Z0-9])?$|^[0-9a-fA-F:]+$")
        @JsonPropertyDescription("Host name or IP address of the primary server, such as db.acme.internal.")
        String host,

        @Default("5432") @Min(1) @Max(65535) @JsonPropertyDescription("TCP port.")
        Integer port,

        @Required
        @Size(min = 1, max = 63)
        @Pattern("^[^\\x00-\\x1f\\x7f$?&%+/]+$")
        @JsonPropertyDescription(
                "The name of the database. It may not contain $ ? & % + or /: Kafka Connect would look for references in it,"
                        + " and Debezium would take the rest of it for options of the connection.")
        String database,

        @Required
        @JsonPropertyDescription(
                "The user that reads: it needs LOGIN, REPLICATION and SELECT on the tables; with a Managed publication also"
                        + " ownership of the tables and CREATE on the database.")
        Credentials credentials,

        @Nullable @JsonPropertyDescription("How the connection is protected. Omitted: mode Require.")
        Tls tls,

        @Nullable
        @JsonPropertyDescription(
                "The publication that the changes are read from. Omitted: management Managed. It cannot be changed while"
                        + " the capture runs.")
        Publication publication) {

    /** A user and its password, by reference. */
    public record Credentials(
            @Required
            @Size(min = 1, max = 253)
            @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
            @JsonPropertyDescription("A Secret in the pipeline's own namespace with the keys username and password.")
            String secretName) {}

    /** How the connection is protected. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value = "self.mode != 'VerifyFull' || has(self.caSecretName)",
            message = "mode VerifyFull needs caSecretName: a Secret with the certificate authority under ca.crt")
    @ValidationRule(
            value = "self.mode == 'VerifyFull' || !has(self.caSecretName)",
            message = "caSecretName is used by mode VerifyFull only")
    public record Tls(
            @Default("Require")
            @JsonPropertyDescription(
                    "Disable: plain text. Require (default): encrypted, the server's certificate is not checked."
                            + " VerifyFull: encrypted, certificate and host name are checked against caSecretName.")
            TlsMode mode,

            @Nullable
            @Size(min = 1, max = 253)
            @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
            @JsonPropertyDescription(
                    "A Secret in the pipeline's own namespace with a PEM certificate authority under the key ca.crt.")
            String caSecretName) {}

    /** Who makes the publication. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value = "self.management != 'Provided' || has(self.name)",
            message = "management Provided needs name: the publication that exists at the source")
    @ValidationRule(
            value = "self.management == 'Provided' || !has(self.name)",
            message = "name is used by management Provided only: a Managed publication has a name of the operator's")
    public record Publication(
            @Default("Managed")
            @JsonPropertyDescription(
                    "Managed (default): the operator makes the publication and keeps it to the listed tables. Provided: it"
                            + " exists, and the operator never makes, changes or drops it; it must publish every change of"
                            + " the listed tables, without row filters and column lists.")
            PublicationManagement management,

            @Nullable
            @Size(min = 1, max = 63)
            @Pattern("^[a-z_][-a-z0-9_]*$")
            @JsonPropertyDescription(
                    "The name of a Provided publication: lower-case letters, digits, '_' and '-', since PostgreSQL reads it"
                            + " from a list of unquoted names.")
            String name) {}

    /** Who makes, changes and drops the publication. */
    public enum PublicationManagement {
        Managed,
        Provided
    }

    /** What is asked of the connection. */
    public enum TlsMode {
        Disable,
        Require,
        VerifyFull
    }
}
