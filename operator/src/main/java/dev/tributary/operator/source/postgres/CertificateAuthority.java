package dev.tributary.operator.source.postgres;

import dev.tributary.operator.source.ConnectionSettings;
import dev.tributary.operator.source.Finding;
import dev.tributary.operator.source.Reason;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The check of a certificate authority before the driver sees it. The driver takes the same text for the name of a file or
 * of an environment variable when it begins so, trusts only the first certificate of several, and is given it a second time
 * by the connector: so it is refused unless it is one certificate and nothing before it.
 */
final class CertificateAuthority {

    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";

    private CertificateAuthority() {}

    static Optional<Finding> problem(ConnectionSettings settings) {
        return Optional.ofNullable(problem(settings.caPem()))
                .map(what -> new Finding(
                        Reason.CertificateInvalid,
                        "the certificate authority for " + settings.address() + " " + what
                                + ": put the one PEM certificate of the authority into ca.crt"));
    }

    private static @Nullable String problem(@Nullable String pem) {
        if (pem == null) {
            return null;
        }
        if (!pem.startsWith(BEGIN)) {
            return "does not begin with " + BEGIN;
        }
        if (pem.indexOf(BEGIN, 1) > 0) {
            return "is more than one certificate";
        }
        try {
            CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
            return null;
        } catch (CertificateException e) {
            return "is not a readable X.509 certificate";
        }
    }
}
