package dev.tributary.operator.clickhouse;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a statement failed. ClickHouse's texts carry query ids, durations and versions, which would make a status flap: only
 * its error code and the sentence after it are kept.
 */
record ClickHouseFailure(String url, int code, String text) {

    /** Codes of ClickHouse's ErrorCodes.cpp. */
    private static final int UNKNOWN_USER = 192;

    private static final int WRONG_PASSWORD = 193;
    private static final int REQUIRED_PASSWORD = 194;
    private static final int ACCESS_DENIED = 497;
    private static final int AUTHENTICATION_FAILED = 516;

    private static final Pattern CODE = Pattern.compile("Code: (\\d+)\\.\\s*(?:DB::Exception: )?(.*)", Pattern.DOTALL);
    private static final int LIMIT = 300;

    static ClickHouseFailure of(String url, SQLException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            Matcher matcher = CODE.matcher(String.valueOf(cause.getMessage()));
            if (matcher.find()) {
                return new ClickHouseFailure(url, Integer.parseInt(matcher.group(1)), stable(matcher.group(2)));
            }
        }
        return new ClickHouseFailure(
                url, unreachable(e) ? -1 : e.getErrorCode(), stable(String.valueOf(e.getMessage())));
    }

    Refusal during(String what) {
        return switch (code) {
            case UNKNOWN_USER, WRONG_PASSWORD, REQUIRED_PASSWORD, AUTHENTICATION_FAILED ->
                new Refusal.AccessDenied("ClickHouse at " + url
                        + " refuses user or password: correct the Secret that the PipelineClass names");
            case ACCESS_DENIED ->
                new Refusal.AccessDenied("ClickHouse at " + url + " does not let the class's user make " + what
                        + ": grant it CREATE DATABASE, CREATE TABLE, SHOW, SELECT, INSERT and ALTER DELETE");
            case -1 ->
                new Refusal.Unreachable(
                        "ClickHouse does not answer at " + url
                                + ": check spec.clickhouse.url of the PipelineClass and the server; this is tried again by itself");
            default -> new Refusal.Failed("ClickHouse refuses " + what + " with error " + code + ": " + text);
        };
    }

    /** Why a table could not be made. Of a codec that is not for its column's type ClickHouse does not tell the column. */
    Refusal making(TablePlan plan) {
        String table = "table " + plan.database() + "." + plan.name();
        List<String> columns = plan.codecs().entrySet().stream()
                .filter(column -> column.getValue().isNamedIn(text))
                .map(Map.Entry::getKey)
                .toList();
        return columns.isEmpty()
                ? during(table)
                : new Refusal.Failed("ClickHouse refuses " + table + " with error " + code + ": " + text
                        + " Correct the codec of column " + String.join(" or ", columns)
                        + " in spec.source.tables[].columns");
    }

    private static boolean unreachable(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof SocketTimeoutException
                    || cause instanceof UnknownHostException
                    || cause.getClass().getName().contains("Timeout")
                    || cause.getClass().getName().contains("Connect")) {
                return true;
            }
        }
        return false;
    }

    private static String stable(String text) {
        String line = text.replaceAll("\\(version [^)]*\\)", "")
                .replaceAll("(?i)\\s*\\(?query_?id[:=] ?[^)\\s]*\\)?", "")
                .strip()
                .lines()
                .findFirst()
                .orElse("no text");
        return line.length() > LIMIT ? line.substring(0, LIMIT) + "..." : line;
    }
}
