package dev.tributary.operator.source;

/** How a connection to a source is protected. */
public enum TlsMode {
    /** Plain text. */
    DISABLE,
    /** Encrypted; the server's certificate is not checked. */
    REQUIRE,
    /** Encrypted; the certificate must come from the given authority and be made out to the host. */
    VERIFY_FULL
}
