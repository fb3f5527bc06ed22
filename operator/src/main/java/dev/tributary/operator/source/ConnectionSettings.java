package dev.tributary.operator.source;

import org.jspecify.annotations.Nullable;

/**
 * How to reach a source, as its user.
 *
 * @param host host name or IP address
 * @param port TCP port
 * @param database the database; any text
 * @param username the user; any text
 * @param password the user's password
 * @param tlsMode how the connection is protected
 * @param caPem the certificate authority as PEM; present exactly with {@link TlsMode#VERIFY_FULL}
 */
public record ConnectionSettings(
        String host,
        int port,
        String database,
        String username,
        Secret password,
        TlsMode tlsMode,
        @Nullable String caPem) {
    public ConnectionSettings {
        if ((tlsMode == TlsMode.VERIFY_FULL) != (caPem != null)) {
            throw new IllegalArgumentException("a certificate authority belongs to VERIFY_FULL and to nothing else");
        }
    }

    /** Host and port as messages name them; an IPv6 address stands in brackets. */
    public String address() {
        return address(host, port);
    }

    static String address(String host, int port) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
