package dev.tributary.job.clickhouse;

import com.clickhouse.client.api.ServerException;
import dev.tributary.job.StopReason;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A failed insert, understood.
 *
 * @param reason what the job stops with, should it have to
 * @param retriable whether the same insert may succeed later
 * @param text ClickHouse's or the connection's own words, one line, without query ids, times and versions
 */
record Failure(StopReason reason, boolean retriable, String text) {

    private static final int LONGEST_TEXT = 400;

    /** Codes of ClickHouse's ErrorCodes.cpp that pass by themselves or by somebody's help. */
    private static final Map<Integer, StopReason> RETRIABLE = Stream.of(
                    // 159 TIMEOUT_EXCEEDED, 160 TOO_SLOW, 209 SOCKET_TIMEOUT, 210 NETWORK_ERROR, 3
                    // UNEXPECTED_END_OF_FILE, 236 ABORTED, 279 ALL_CONNECTION_TRIES_FAILED, 394 QUERY_WAS_CANCELLED
                    codes(StopReason.CLICKHOUSE_UNREACHABLE, 3, 159, 160, 209, 210, 236, 279, 394),
                    // 192 UNKNOWN_USER, 193 WRONG_PASSWORD, 194 REQUIRED_PASSWORD, 497 ACCESS_DENIED,
                    // 516 AUTHENTICATION_FAILED
                    codes(StopReason.CLICKHOUSE_ACCESS_DENIED, 192, 193, 194, 497, 516),
                    // 164 READONLY, 201 QUOTA_EXCEEDED, 202 TOO_MANY_SIMULTANEOUS_QUERIES, 203 NO_FREE_CONNECTION,
                    // 225 NO_ZOOKEEPER, 241 MEMORY_LIMIT_EXCEEDED, 242 TABLE_IS_READ_ONLY, 243 NOT_ENOUGH_SPACE,
                    // 252 TOO_MANY_PARTS, 285 TOO_FEW_LIVE_REPLICAS, 286 UNSATISFIED_QUORUM_FOR_PREVIOUS_WRITE,
                    // 319 UNKNOWN_STATUS_OF_INSERT, 425 SYSTEM_ERROR, 499 S3_ERROR, 745 SERVER_OVERLOADED,
                    // 999 KEEPER_EXCEPTION, 74 to 76 reading, writing, opening of files
                    codes(
                            StopReason.CLICKHOUSE_OVERLOADED,
                            74,
                            75,
                            76,
                            164,
                            201,
                            202,
                            203,
                            225,
                            241,
                            242,
                            243,
                            252,
                            285,
                            286,
                            319,
                            425,
                            499,
                            745,
                            999))
            .flatMap(codes -> codes.entrySet().stream())
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private static final Pattern LITERAL = Pattern.compile("'(?:[^'\\\\]|\\\\.)*(?:'|$)");

    private static final Pattern VOLATILE = Pattern.compile("(?i)\\(?query_?id[:=]? ?[-0-9a-fA-F]*\\)?"
            + "|\\(version [^()]*(\\([^()]*\\))?\\)"
            + "|\\(?(elapsed|after|duration)[:=]? ?[0-9.]+ ?m?s\\)?"
            + "|\\(attempt[^()]*\\)");

    /** Classifies what an insert threw. */
    static Failure of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ServerException server) {
                return of(server);
            }
        }
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new Failure(
                StopReason.CLICKHOUSE_UNREACHABLE,
                true,
                root.getClass().getSimpleName() + ": " + tidy(root.getMessage()));
    }

    /** The same without what stands in quotes: the answer to a question may repeat values that it asked with. */
    Failure withoutLiterals() {
        return new Failure(reason, retriable, LITERAL.matcher(text).replaceAll("'...'"));
    }

    private static Failure of(ServerException server) {
        StopReason passing = RETRIABLE.get(server.getCode());
        if (passing == null && server.getCode() == ServerException.CODE_UNKNOWN) {
            // An answer that is not ClickHouse's own: a proxy or load balancer in between.
            passing = StopReason.CLICKHOUSE_UNREACHABLE;
        }
        String text = tidy(server.getMessage());
        return passing == null
                ? new Failure(StopReason.CLICKHOUSE_REFUSED, false, text)
                : new Failure(passing, true, text);
    }

    private static Map<Integer, StopReason> codes(StopReason reason, Integer... codes) {
        return Stream.of(codes).collect(Collectors.toMap(code -> code, code -> reason));
    }

    private static String tidy(@Nullable String message) {
        String line = message == null ? "" : message.lines().findFirst().orElse("");
        String stable =
                VOLATILE.matcher(line).replaceAll("").replaceAll("\\s+", " ").strip();
        return stable.length() > LONGEST_TEXT ? stable.substring(0, LONGEST_TEXT) : stable;
    }
}
