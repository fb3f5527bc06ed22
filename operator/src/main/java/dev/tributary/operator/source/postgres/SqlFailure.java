package dev.tributary.operator.source.postgres;

import dev.tributary.operator.source.ConnectionSettings;
import dev.tributary.operator.source.Finding;
import dev.tributary.operator.source.Reason;
import dev.tributary.operator.source.TlsMode;
import java.io.IOException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What an error of the driver or of the server means to a user. The texts are ours: the driver's name ports and times. */
final class SqlFailure {

    private SqlFailure() {}

    static Finding finding(SQLException error, ConnectionSettings settings) {
        String state = Objects.requireNonNullElse(error.getSQLState(), "");
        return switch (state) {
            case "28P01" ->
                new Finding(
                        Reason.AuthenticationFailed,
                        "PostgreSQL at " + settings.address() + " refused the password of user " + settings.username()
                                + ": correct username and password in the Secret of spec.source.postgresql.credentials");
            case "28000" -> loginRefused(error, settings);
            case "3D000" ->
                new Finding(
                        Reason.DatabaseNotFound,
                        "PostgreSQL at " + settings.address() + " has no database " + settings.database()
                                + ": correct spec.source.postgresql.database, or create it");
            case "53300", "53400" ->
                new Finding(
                        Reason.Unreachable,
                        "PostgreSQL at " + settings.address()
                                + " has no free connection: raise max_connections or the limit of user "
                                + settings.username());
            case "57P01", "57P02", "57P03" ->
                new Finding(
                        Reason.Unreachable,
                        "PostgreSQL at " + settings.address() + " is starting up or shutting down: it is tried again");
            case "42501" -> refusedByPrivilege(error, settings);
            case "57014", "55P03" ->
                new Finding(
                        Reason.SourceError,
                        "PostgreSQL at " + settings.address()
                                + " did not answer a question about its catalog in time: look for locks in pg_locks");
            default -> state.isEmpty() || state.startsWith("08") ? connection(error, settings) : other(error, settings);
        };
    }

    private static Finding loginRefused(SQLException error, ConnectionSettings settings) {
        String text = serverText(error);
        // The name of the file stands in the sentence whatever language the server speaks.
        if (text.contains("pg_hba.conf") && settings.tlsMode() == TlsMode.DISABLE) {
            return new Finding(
                    Reason.TlsRequired,
                    "PostgreSQL at " + settings.address() + " lets user " + settings.username() + " into database "
                            + settings.database()
                            + " by no entry of pg_hba.conf without encryption: set spec.source.postgresql.tls.mode to"
                            + " Require or VerifyFull");
        }
        if (text.contains("pg_hba.conf")) {
            return new Finding(
                    Reason.AuthenticationFailed,
                    "PostgreSQL at " + settings.address() + " has no entry in pg_hba.conf that lets user "
                            + settings.username() + " into database " + settings.database()
                            + " from here: have one added and the configuration reloaded");
        }
        return new Finding(
                Reason.AuthenticationFailed,
                "PostgreSQL at " + settings.address() + " does not let user " + settings.username()
                        + " log in: give it LOGIN, or correct username in the Secret of"
                        + " spec.source.postgresql.credentials");
    }

    private static Finding refusedByPrivilege(SQLException error, ConnectionSettings settings) {
        if ("CheckMyDatabase".equals(routine(error))) {
            return new Finding(
                    Reason.DatabaseNotFound,
                    "user " + settings.username() + " may not connect to database " + settings.database()
                            + ": GRANT CONNECT ON DATABASE " + new SqlIdentifier(settings.database()).quoted() + " TO "
                            + new SqlIdentifier(settings.username()).quoted());
        }
        return other(error, settings);
    }

    private static Finding connection(SQLException error, ConnectionSettings settings) {
        String address = settings.address();
        if (settings.tlsMode() != TlsMode.DISABLE && tlsNotOffered(error)) {
            return new Finding(
                    Reason.TlsNotOffered,
                    "PostgreSQL at " + address
                            + " offers no encryption: set ssl=on there, or spec.source.postgresql.tls.mode to Disable");
        }
        if (settings.tlsMode() == TlsMode.VERIFY_FULL
                && caused(error, SSLException.class, GeneralSecurityException.class)) {
            return new Finding(
                    Reason.CertificateInvalid,
                    "the certificate of PostgreSQL at " + address
                            + " does not come from the authority in ca.crt, or is not valid now: correct the Secret of"
                            + " spec.source.postgresql.tls, or the server's certificate");
        }
        if (settings.tlsMode() == TlsMode.VERIFY_FULL && wrongHostName(error)) {
            return new Finding(
                    Reason.CertificateInvalid,
                    "the certificate of PostgreSQL at " + address + " is not made out to " + settings.host()
                            + ": use a host name that is in it, or have it issued for this one");
        }
        String what =
                caused(error, UnknownHostException.class) ? "its host name is not known" : "nothing answers there";
        return new Finding(
                Reason.Unreachable,
                "PostgreSQL at " + address + " cannot be reached, " + what
                        + ": check host, port and firewall; it is tried again");
    }

    /** The driver's own refusal; it has no state of its own for this. */
    private static boolean tlsNotOffered(SQLException error) {
        return "08004".equals(error.getSQLState())
                && error.getCause() == null
                && text(error).contains("SSL");
    }

    /** The driver compares names itself, after the handshake, and has no exception of its own for this. */
    private static boolean wrongHostName(SQLException error) {
        return "08006".equals(error.getSQLState())
                && !caused(error, IOException.class)
                && text(error).contains("hostnameverifier");
    }

    private static Finding other(SQLException error, ConnectionSettings settings) {
        return new Finding(
                Reason.SourceError,
                "PostgreSQL at " + settings.address() + " answered with error " + error.getSQLState() + ": "
                        + serverText(error));
    }

    /** The server's sentence alone, without position, detail and the driver's additions. */
    private static String serverText(SQLException error) {
        if (error instanceof PSQLException failure) {
            ServerErrorMessage answer = failure.getServerErrorMessage();
            if (answer != null && answer.getMessage() != null) {
                return answer.getMessage();
            }
        }
        return text(error);
    }

    /** The function of the server that gave the error: unlike its sentence, it is the same in every language. */
    private static String routine(SQLException error) {
        ServerErrorMessage answer = error instanceof PSQLException failure ? failure.getServerErrorMessage() : null;
        return answer == null ? "" : Objects.requireNonNullElse(answer.getRoutine(), "");
    }

    private static String text(SQLException error) {
        return Objects.requireNonNullElse(error.getMessage(), "no text");
    }

    @SafeVarargs
    private static boolean caused(Throwable error, Class<? extends Throwable>... kinds) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            for (Class<? extends Throwable> kind : kinds) {
                if (kind.isInstance(cause)) {
                    return true;
                }
            }
        }
        return false;
    }
}
