package dev.tributary.operator.source;

/** Why a source cannot be used. The constants are spelled as the reasons of a condition. */
public enum Reason {
    /** Nothing usable answers at host and port: unknown name, refused, timed out, starting up or out of connections. */
    Unreachable,
    /** The server turned down user or password. */
    AuthenticationFailed,
    /** The user's name is one that Debezium cannot use. */
    UserNotSupported,
    /** The server has no such database, or the user may not connect to it. */
    DatabaseNotFound,
    /** The server wants an encrypted connection and tls.mode is Disable. */
    TlsRequired,
    /** The server offers no encrypted connection and tls.mode wants one. */
    TlsNotOffered,
    /** The server's certificate is not what tls.mode VerifyFull asks for, or the authority's own PEM cannot be read. */
    CertificateInvalid,
    /** The server's version is older than what is supported. */
    ServerTooOld,
    /** The server is a standby: it takes no writes, and publications are made on the primary. */
    NotPrimary,
    /** The server does not write what logical decoding needs. */
    WalLevelNotLogical,
    /** The user may not stream changes. */
    ReplicationNotPermitted,
    /** Every replication slot, or every connection for replication, is taken. */
    NoFreeReplicationSlot,
    /** The user may not create a publication, or may not add a table to it. */
    PublicationNotPermitted,
    /** A publication or slot of this name exists that Tributary did not make for this pipeline. */
    PublicationNotOwned,
    /** A publication that is provided does not exist. */
    PublicationNotFound,
    /** A publication that is provided leaves out tables, rows, columns or kinds of changes. */
    PublicationUnsuitable,
    /** The user may not read a table. */
    SelectNotPermitted,
    /** Row security would hide rows from the user. */
    RowSecurityActive,

    /** The database has a type with which Debezium does not start. */
    TypeNotSupported,

    /** There is no such table. */
    TableNotFound,
    /** The name belongs to something that is no table whose changes can be followed, such as a view. */
    TableNotSupported,
    /** The table has no primary key. */
    NoPrimaryKey,
    /** The primary key is deferrable: publishing such a table breaks UPDATE and DELETE on it. */
    DeferrableKey,
    /** A declared key has a column that is none or allows NULL, or no index that keeps it unique. */
    DeclaredKeyUnsuitable,
    /** Of a table that is captured the declared key is not kept unique any more: rows may have become one. */
    KeyNotUnique,
    /** The replica identity does not carry the key. */
    ReplicaIdentityUnsuitable,
    /** The replica identity of a table that is captured stopped to carry the key: changes are lost. */
    ReplicaIdentityChanged,
    /** A column's values cannot be carried. */
    UnsupportedColumnType,
    /** A column has the name of one that Tributary adds. */
    ReservedColumnName,
    /** A row is larger than a record of Kafka may be. */
    RecordTooLarge,
    /** The database answered with an error that is none of the above. */
    SourceError
}
