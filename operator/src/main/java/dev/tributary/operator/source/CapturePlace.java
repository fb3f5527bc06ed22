package dev.tributary.operator.source;

/**
 * Where a capture is made, and what it is called there. Remembered, it is taken away there although the spec names
 * another place by then.
 *
 * @param host host name or IP address
 * @param port TCP port
 * @param database the database that slot and publication are in
 * @param tlsMode how the connection is protected
 * @param names what they are called
 */
public record CapturePlace(String host, int port, String database, TlsMode tlsMode, CaptureNames names) {

    /** Whether the other one's slot and publication are in the same database, as far as its address tells. */
    public boolean isInSameDatabaseAs(CapturePlace other) {
        return host.equals(other.host) && port == other.port && database.equals(other.database);
    }

    /** Host and port as messages name them. */
    public String address() {
        return ConnectionSettings.address(host, port);
    }
}
