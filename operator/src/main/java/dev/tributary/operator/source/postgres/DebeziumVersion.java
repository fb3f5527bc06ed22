package dev.tributary.operator.source.postgres;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a version of Debezium's PostgreSQL connector means for us. */
final class DebeziumVersion {

    private static final Pattern PARTS = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})[.-](.+)");

    private DebeziumVersion() {}

    /**
     * Whether a restart re-sends what was not sent. Fixed in 3.7.0.Alpha1 (dbz#1554: rows that share an LSN) and Alpha2 (dbz#76:
     * a row at a commit's LSN); an alpha is nothing to put a client's rows on, so 3.7.0.Final is the first that counts.
     *
     * @param version as Connect reports it, such as {@code 3.6.3.Final}; one that cannot be read counts as too old
     */
    static boolean restartsWithoutLoss(@Nullable String version) {
        Matcher parts = PARTS.matcher(version == null ? "" : version);
        if (!parts.matches()) {
            return false;
        }
        int major = Integer.parseInt(parts.group(1));
        int minor = Integer.parseInt(parts.group(2));
        if (major != 3 || minor != 7) {
            return major > 3 || (major == 3 && minor > 7);
        }
        return Integer.parseInt(parts.group(3)) > 0 || parts.group(4).startsWith("Final");
    }
}
