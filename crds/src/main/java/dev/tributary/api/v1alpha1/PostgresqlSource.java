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
        @JsonPropertyDescription("Host name or IP address of the primary server.")
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
                "The user that reads: it needs LOGIN, REPLICATION, ownership of the tables (to publish them) and CREATE on"
                        + " the database.")
        Credentials credentials,

        @Nullable @JsonPropertyDescription("How the connection is protected. Omitted: mode Require.")
        Tls tls) {

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

    /** What is asked of the connection. */
    public enum TlsMode {
        Disable,
        Require,
        VerifyFull
    }
}
