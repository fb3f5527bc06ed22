package dev.tributary.scenarios;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Compares a source table with the current state of its target, column by column. It reads both through their own clients
 * and knows nothing of the job: each value is brought to one text form for each PostgreSQL type.
 */
public final class SourceEqualsSink {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHOWN = 150;
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");

    private SourceEqualsSink() {}

    /**
     * The differences, at most ten, each one line; none when the two are equal.
     *
     * @param sourceTable as SQL names it
     * @param sinkTable as SQL names it
     * @param keys the key columns
     */
    public static List<String> differences(
            Postgres postgres, ClickHouseQueries clickHouse, String sourceTable, String sinkTable, List<String> keys) {
        TreeMap<String, String> source = source(postgres, sourceTable, keys);
        TreeMap<String, String> sink = sink(postgres, clickHouse, sourceTable, sinkTable, keys);
        List<String> differences = new ArrayList<>();
        source.forEach((key, row) -> {
            String there = sink.get(key);
            if (!Objects.equals(row, there)) {
                differences.add(there == null ? "missing: " + around(row, 0) : different(row, there));
            }
        });
        sink.forEach((key, row) -> {
            if (!source.containsKey(key)) {
                differences.add("extra: " + around(row, 0));
            }
        });
        return differences.size() > 10 ? differences.subList(0, 10) : differences;
    }

    private static String different(String source, String sink) {
        int place = Arrays.mismatch(source.toCharArray(), sink.toCharArray());
        return "differs:\n    source " + around(source, place) + "\n    sink   " + around(sink, place);
    }

    /** Values may be of megabytes: of a long row its beginning, and what stands at a place of it. */
    private static String around(String row, int place) {
        if (row.length() <= 3 * SHOWN) {
            return row;
        }
        int from = Math.max(SHOWN, Math.min(place - SHOWN / 2, row.length() - SHOWN));
        return row.substring(0, SHOWN) + " ... " + row.substring(from, Math.min(row.length(), from + SHOWN)) + " ... ("
                + row.length() + " characters)";
    }

    private static TreeMap<String, String> source(Postgres postgres, String table, List<String> keys) {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
            ResultSetMetaData columns = rows.getMetaData();
            TreeMap<String, String> found = new TreeMap<>();
            while (rows.next()) {
                List<String> key = new ArrayList<>();
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    String value = sourceValue(rows, i, columns.getColumnTypeName(i));
                    values.add(columns.getColumnName(i) + "=" + value);
                    if (keys.contains(columns.getColumnName(i))) {
                        key.add(value);
                    }
                }
                found.put(String.join("|", key), String.join(", ", values));
            }
            return found;
        } catch (SQLException e) {
            throw new AssertionError("PostgreSQL: " + e.getMessage(), e);
        }
    }

    private static String sourceValue(ResultSet rows, int column, String type) throws SQLException {
        if (rows.getObject(column) == null) {
            return "null";
        }
        return switch (type) {
            case "numeric" -> rows.getBigDecimal(column).stripTrailingZeros().toPlainString();
            case "float4" -> Float.toString(rows.getFloat(column));
            case "float8" -> Double.toString(rows.getDouble(column));
            case "bytea" -> HexFormat.of().withUpperCase().formatHex(rows.getBytes(column));
            case "bool" -> Boolean.toString(rows.getBoolean(column));
            case "timestamp" -> rows.getObject(column, LocalDateTime.class).format(MICROS);
            case "timestamptz" ->
                rows.getObject(column, OffsetDateTime.class)
                        .withOffsetSameInstant(ZoneOffset.UTC)
                        .format(MICROS);
            default ->
                type.startsWith("_")
                        ? Arrays.deepToString((Object[]) rows.getArray(column).getArray())
                        : rows.getString(column);
        };
    }

    private static TreeMap<String, String> sink(
            Postgres postgres, ClickHouseQueries clickHouse, String sourceTable, String sinkTable, List<String> keys) {
        List<String> names = new ArrayList<>();
        List<String> types = new ArrayList<>();
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM " + sourceTable + " LIMIT 0")) {
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                names.add(rows.getMetaData().getColumnName(i));
                types.add(rows.getMetaData().getColumnTypeName(i));
            }
        } catch (SQLException e) {
            throw new AssertionError("PostgreSQL: " + e.getMessage(), e);
        }
        TreeMap<String, String> found = new TreeMap<>();
        for (String line : clickHouse.lines("SELECT " + String.join(", ", shown(names, types)) + " FROM " + sinkTable
                + " FINAL FORMAT JSONCompactEachRow SETTINGS output_format_json_quote_64bit_integers=1,"
                + " output_format_json_quote_decimals=1, output_format_json_quote_denormals=1,"
                + " output_format_json_quote_64bit_floats=1")) {
            List<String> key = new ArrayList<>();
            List<String> values = new ArrayList<>();
            JsonNode row = parse(line);
            for (int i = 0; i < names.size(); i++) {
                String value = sinkValue(row.get(i), types.get(i));
                values.add(names.get(i) + "=" + value);
                if (keys.contains(names.get(i))) {
                    key.add(value);
                }
            }
            String twice = found.put(String.join("|", key), String.join(", ", values));
            if (twice != null) {
                throw new AssertionError("FINAL shows a key twice: " + twice);
            }
        }
        return found;
    }

    /** Bytes need not be text, which JSON would make of them. */
    private static List<String> shown(List<String> names, List<String> types) {
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String quoted = "`" + names.get(i).replace("\\", "\\\\").replace("`", "\\`") + "`";
            shown.add(types.get(i).equals("bytea") ? "hex(" + quoted + ")" : quoted);
        }
        return shown;
    }

    private static String sinkValue(JsonNode value, String type) {
        if (value.isNull()) {
            return "null";
        }
        return switch (type) {
            case "numeric" ->
                new BigDecimal(value.asText()).stripTrailingZeros().toPlainString();
            case "float4" -> Float.toString(floating(value.asText()).floatValue());
            case "float8" -> Double.toString(floating(value.asText()));
            default -> {
                if (type.startsWith("_")) {
                    JsonNode array = value.isArray() ? value : parse(value.asText());
                    List<String> elements = new ArrayList<>();
                    array.forEach(e -> elements.add(e.isNull() ? "null" : e.asText()));
                    yield elements.toString();
                }
                yield value.asText();
            }
        };
    }

    private static Double floating(String text) {
        return switch (text) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> Double.valueOf(text);
        };
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new AssertionError("ClickHouse sent no JSON: " + line, e);
        }
    }
}
