package dev.tributary.operator.observe;

import dev.tributary.api.v1alpha1.PostgresqlSource;
import dev.tributary.operator.claim.Identity;
import dev.tributary.operator.source.CaptureNames;
import dev.tributary.operator.source.CaptureNames.Management;
import dev.tributary.operator.source.CapturePlace;
import dev.tributary.operator.source.ConnectionSettings;
import dev.tributary.operator.source.Secret;
import dev.tributary.operator.source.TlsMode;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From a spec and a Secret's content to a connection. */
public final class SourceLogin {

    private SourceLogin() {}

    /** Where the spec wants the capture to be. */
    public static CapturePlace place(Identity identity, PostgresqlSource postgresql) {
        PostgresqlSource.Publication publication = postgresql.publication();
        return new CapturePlace(
                postgresql.host(),
                postgresql.port(),
                postgresql.database(),
                tlsMode(postgresql.tls()),
                publication == null || publication.name() == null
                        ? new CaptureNames(
                                identity.slot(), identity.publication(), Management.MANAGED, identity.owner())
                        : new CaptureNames(identity.slot(), publication.name(), Management.PROVIDED, identity.owner()));
    }

    /**
     * The connection to a place; empty when the credentials lack the certificate authority that the place asks for: a
     * password is not sent to a server that nobody vouches for.
     */
    public static Optional<ConnectionSettings> to(CapturePlace place, Map<String, String> credentials) {
        boolean verify = place.tlsMode() == TlsMode.VERIFY_FULL;
        if (verify && !credentials.containsKey(Secrets.CA)) {
            return Optional.empty();
        }
        return Optional.of(new ConnectionSettings(
                place.host(),
                place.port(),
                place.database(),
                credentials.getOrDefault(Secrets.USERNAME, ""),
                new Secret(credentials.getOrDefault(Secrets.PASSWORD, "")),
                place.tlsMode(),
                verify ? credentials.get(Secrets.CA) : null));
    }

    private static TlsMode tlsMode(PostgresqlSource.@Nullable Tls tls) {
        if (tls == null) {
            return TlsMode.REQUIRE;
        }
        return switch (tls.mode()) {
            case Disable -> TlsMode.DISABLE;
            case Require -> TlsMode.REQUIRE;
            case VerifyFull -> TlsMode.VERIFY_FULL;
        };
    }
}
