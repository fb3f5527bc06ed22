package dev.tributary.job.change;

import static dev.tributary.job.change.Specs.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.tributary.job.JobStopped;
import dev.tributary.job.source.RawRecord;
import dev.tributary.jobspec.ColumnType;
import dev.tributary.jobspec.JobSpec;
import dev.tributary.jobspec.OutOfRange;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The edges of each type. */
class ValuesTest {

    private static final ColumnType.Text TEXT = new ColumnType.Text();
    private static final ColumnType.ZonedTimestamp ZONED = new ColumnType.ZonedTimestamp();
    private static final ColumnType.Timestamp TIMESTAMP = new ColumnType.Timestamp();

    static Object read(ColumnType type, String json) {
        return read(new JobSpec.Column("v", type, false), json);
    }

    static Object read(JobSpec.Column column, String json) {
        TableLayout layout = Specs.layout(Specs.table("orders", List.of(Specs.ID, column), "id"));
        Batch batch = new Batch(layout);
        byte[] event = event("c", "null", "{\"id\":1,\"v\":" + json + "}", 42).getBytes(StandardCharsets.UTF_8);
        new ChangeReader(layout).read(new RawRecord(0, 0, 0, event), batch);
        return NativeBlock.rows(batch).get(0).get("v");
    }

    static Stream<Arguments> carried() {
        return Stream.of(
                arguments(new ColumnType.Int(16), "-32768", -32768L),
                arguments(new ColumnType.Int(32), "2147483647", 2147483647L),
                arguments(new ColumnType.Int(64), "-9223372036854775808", Long.MIN_VALUE),
                arguments(new ColumnType.Int(64), "9223372036854775807", Long.MAX_VALUE),
                arguments(new ColumnType.Float(32), "1.1", 1.1f),
                arguments(new ColumnType.Float(32), "1.17549435E-38", Float.MIN_NORMAL),
                arguments(new ColumnType.Float(32), "\"NaN\"", Float.NaN),
                arguments(new ColumnType.Float(64), "-0.0", -0.0),
                arguments(new ColumnType.Float(64), "0.1", 0.1),
                arguments(new ColumnType.Float(64), "4.9E-324", Double.MIN_VALUE),
                arguments(new ColumnType.Float(64), "1.7976931348623157E308", Double.MAX_VALUE),
                arguments(new ColumnType.Float(64), "9007199254740993", 9007199254740993.0),
                arguments(new ColumnType.Float(64), "\"-Infinity\"", Double.NEGATIVE_INFINITY),
                arguments(new ColumnType.Decimal(9, 2), "\"-9999999.99\"", new BigDecimal("-9999999.99")),
                arguments(new ColumnType.Decimal(9, 2), "\"12\"", new BigDecimal("12.00")),
                arguments(new ColumnType.Decimal(9, 2), "\"12.500\"", new BigDecimal("12.50")),
                arguments(new ColumnType.Decimal(18, 18), "\"0.000000000000000001\"", new BigDecimal("1E-18")),
                arguments(
                        new ColumnType.Decimal(18, 0),
                        "\"-999999999999999999\"",
                        new BigDecimal("-999999999999999999")),
                arguments(new ColumnType.Decimal(20, 10), "\"0E-10\"", new BigDecimal("0E-10")),
                arguments(new ColumnType.Decimal(38, 0), '"' + "9".repeat(38) + '"', new BigDecimal("9".repeat(38))),
                arguments(
                        new ColumnType.Decimal(76, 75),
                        "\"-1." + "9".repeat(75) + '"',
                        new BigDecimal("-1." + "9".repeat(75))),
                arguments(TEXT, "\"\"", ""),
                arguments(
                        TEXT,
                        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0001\\u00e9\\u20ac\\ud834\\udd1e\"",
                        "\"\\/\b\f\n\r\t\u0001é€𝄞"),
                arguments(TEXT, "\"é€𝄞 \u2028\"", "é€𝄞 \u2028"),
                arguments(TEXT, '"' + "x".repeat(70_000) + '"', "x".repeat(70_000)),
                arguments(new ColumnType.NumericText(), "\"-12.50\"", "-12.50"),
                arguments(new ColumnType.NumericText(), "\"1E-20\"", "0.00000000000000000001"),
                arguments(new ColumnType.NumericText(), "\"1.5E+3\"", "1500"),
                arguments(new ColumnType.NumericText(), "\"NAN\"", "NaN"),
                arguments(new ColumnType.NumericText(), "\"POSITIVE_INFINITY\"", "Infinity"),
                arguments(new ColumnType.NumericText(), "\"NEGATIVE_INFINITY\"", "-Infinity"),
                arguments(new ColumnType.Bool(), "true", true),
                arguments(TIMESTAMP, "-2208988800000000", -2208988800000000L),
                arguments(TIMESTAMP, "10413791999999999", 10413791999999999L),
                arguments(ZONED, "\"2026-02-28T23:59:59.123456Z\"", micros("2026-02-28T23:59:59.123456Z")),
                arguments(ZONED, "\"2024-02-29T01:00:00+05:30\"", micros("2024-02-28T19:30:00Z")),
                arguments(ZONED, "\"1900-01-01T00:00Z\"", micros("1900-01-01T00:00:00Z")),
                arguments(ZONED, "\"1969-12-31T23:59:59.999999Z\"", -1L),
                arguments(ZONED, "\"2299-12-31T23:59:59.999999000Z\"", micros("2299-12-31T23:59:59.999999Z")),
                arguments(
                        new ColumnType.Date(),
                        "-25567",
                        LocalDate.of(1900, 1, 1).toEpochDay()),
                arguments(
                        new ColumnType.Date(),
                        "120529",
                        LocalDate.of(2299, 12, 31).toEpochDay()),
                arguments(new ColumnType.Time(), "0", "00:00:00"),
                arguments(new ColumnType.Time(), "86399999999", "23:59:59.999999"),
                arguments(new ColumnType.Time(), "45296500000", "12:34:56.5"),
                arguments(new ColumnType.Time(), "1", "00:00:00.000001"),
                arguments(new ColumnType.Time(), "86400000000", "24:00:00"),
                arguments(new ColumnType.Bytes(), "\"\"", ""),
                arguments(new ColumnType.Bytes(), "\"aGVsbG8=\"", "hello"),
                arguments(new ColumnType.Bytes(), "\"AAE=\"", "\u0000\u0001"),
                arguments(
                        new ColumnType.Uuid(),
                        "\"00112233-4455-6677-8899-AABBCCDDEEFF\"",
                        UUID.fromString("00112233-4455-6677-8899-aabbccddeeff")),
                arguments(new ColumnType.Array(TEXT), "\"[]\"", List.of()),
                arguments(
                        new ColumnType.Array(TEXT),
                        "\" [ \\\"a\\\" , null , \\\"\\\" ] \"",
                        Arrays.asList("a", null, "")),
                arguments(
                        new ColumnType.Array(TEXT),
                        "\"[\\\"q \\\\\\\" \\\\\\\\ \\\\u0001\\\"]\"",
                        List.of("q \" \\ \u0001")),
                arguments(
                        new ColumnType.Array(new ColumnType.Int(32)), "\"[1,null,-3]\"", Arrays.asList(1L, null, -3L)));
    }

    private static long micros(String instant) {
        Instant at = Instant.parse(instant);
        return at.getEpochSecond() * 1_000_000 + at.getNano() / 1000;
    }

    @ParameterizedTest
    @MethodSource
    void carried(ColumnType type, String json, Object expected) {
        Object value = read(type, json);

        assertThat(value).isEqualTo(expected);
    }

    static Stream<Arguments> outOfRange() {
        return Stream.of(
                arguments(new ColumnType.Int(16), "32768"),
                arguments(new ColumnType.Int(32), "-2147483649"),
                arguments(new ColumnType.Int(64), "9223372036854775808"),
                arguments(new ColumnType.Int(64), "-9223372036854775809"),
                arguments(new ColumnType.Int(64), "100000000000000000000"),
                arguments(new ColumnType.Float(32), "1e39"),
                arguments(new ColumnType.Float(64), "1e309"),
                arguments(new ColumnType.Decimal(9, 2), "\"1.234\""),
                arguments(new ColumnType.Decimal(9, 2), "\"10000000\""),
                arguments(new ColumnType.Decimal(18, 0), "\"1000000000000000000\""),
                arguments(new ColumnType.Decimal(76, 0), "\"1E999999999\""),
                arguments(new ColumnType.Decimal(9, 2), "\"NAN\""),
                arguments(new ColumnType.Decimal(9, 2), "\"POSITIVE_INFINITY\""),
                arguments(TIMESTAMP, "-2208988800000001"),
                arguments(TIMESTAMP, "10413792000000000"),
                // What Debezium makes of infinity and -infinity.
                arguments(TIMESTAMP, "9223372036825200000"),
                arguments(TIMESTAMP, "-9223372036832400000"),
                arguments(new ColumnType.Date(), "2147483647"),
                arguments(new ColumnType.Date(), "-25568"),
                arguments(ZONED, "\"infinity\""),
                arguments(ZONED, "\"-infinity\""),
                arguments(ZONED, "\"-0043-03-15T00:00:00Z\""),
                arguments(ZONED, "\"+10000-01-01T00:00:00Z\""),
                arguments(ZONED, "\"1899-12-31T23:59:59Z\""),
                arguments(ZONED, "\"2299-12-31T23:59:59-00:01\""),
                arguments(new ColumnType.Array(new ColumnType.Int(32)), "\"[[1,2],[3,4]]\""),
                arguments(ZONED, "\"2026-01-01T00:00:00.1234567Z\""));
    }

    @ParameterizedTest
    @MethodSource
    void outOfRange(ColumnType type, String json) {
        assertThatThrownBy(() -> read(type, json))
                .isInstanceOf(JobStopped.class)
                .hasMessageStartingWith("ValueOutOfRange: the value of column v of table public.orders ");
    }

    static Stream<Arguments> clamped() {
        long first = micros("1900-01-01T00:00:00Z");
        long last = micros("2299-12-31T23:59:59.999999Z");
        return Stream.of(
                arguments(
                        new ColumnType.Date(),
                        "2932896",
                        LocalDate.of(2299, 12, 31).toEpochDay()),
                arguments(
                        new ColumnType.Date(),
                        "-719162",
                        LocalDate.of(1900, 1, 1).toEpochDay()),
                arguments(new ColumnType.Date(), "0", 0L),
                // What Debezium makes of infinity and -infinity, in the log and in a snapshot.
                arguments(
                        new ColumnType.Date(),
                        "-2147472692",
                        LocalDate.of(2299, 12, 31).toEpochDay()),
                arguments(
                        new ColumnType.Date(),
                        "-622191234",
                        LocalDate.of(2299, 12, 31).toEpochDay()),
                arguments(
                        new ColumnType.Date(),
                        "-2147472691",
                        LocalDate.of(1900, 1, 1).toEpochDay()),
                arguments(
                        new ColumnType.Date(),
                        "-625821271",
                        LocalDate.of(1900, 1, 1).toEpochDay()),
                arguments(TIMESTAMP, "9223372036825200000", last),
                arguments(TIMESTAMP, "-9223372036832400000", first),
                arguments(ZONED, "\"infinity\"", last),
                arguments(ZONED, "\"-infinity\"", first),
                arguments(ZONED, "\"-0043-03-15T00:00:00Z\"", first),
                arguments(ZONED, "\"+10000-01-01T00:00:00Z\"", last),
                arguments(ZONED, "\"9999-12-31T00:00:00Z\"", last));
    }

    @ParameterizedTest
    @MethodSource
    void clamped(ColumnType type, String json, Object expected) {
        JobSpec.Column column = new JobSpec.Column("v", type, false, OutOfRange.CLAMP);

        Object value = read(column, json);

        assertThat(value).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("outOfRange")
    void outOfRangeIsNullWhereTheUserWantsIt(ColumnType type, String json) {
        if (type instanceof ColumnType.Array) {
            return;
        }
        JobSpec.Column column = new JobSpec.Column("v", type, true, OutOfRange.NULL);

        Object value = read(column, json);

        assertThat(value).isNull();
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                arguments(new ColumnType.Int(64), "true"),
                arguments(new ColumnType.Float(64), "\"1\""),
                arguments(new ColumnType.Decimal(9, 2), "1"),
                arguments(new ColumnType.Decimal(9, 2), "\"\""),
                arguments(new ColumnType.Decimal(9, 2), "\".\""),
                arguments(TEXT, "1"),
                arguments(TEXT, "{}"),
                arguments(new ColumnType.Bool(), "1"),
                arguments(new ColumnType.NumericText(), "\"1e999999999\""),
                arguments(new ColumnType.NumericText(), "\"one\""),
                arguments(new ColumnType.NumericText(), "\"\""),
                arguments(new ColumnType.Time(), "-1"),
                arguments(new ColumnType.Time(), "86400000001"),
                arguments(new ColumnType.Bytes(), "\"a secret\""),
                arguments(ZONED, "\"2026-02-29T00:00:00Z\""),
                arguments(ZONED, "\"2026-01-01T24:00:00Z\""),
                arguments(ZONED, "\"2026-01-01T00:00:00\""),
                arguments(ZONED, "\"2026-01-01 00:00:00Z\""),
                arguments(ZONED, "\"\""),
                arguments(new ColumnType.Uuid(), "\"00112233-4455-6677-8899-aabbccddeefg\""),
                arguments(new ColumnType.Array(TEXT), "\"a\""),
                arguments(new ColumnType.Array(TEXT), "[\"a\"]"),
                arguments(new ColumnType.Array(TEXT), "\"[1\""),
                arguments(new ColumnType.Array(TEXT), "\"[]]\""));
    }

    @ParameterizedTest
    @MethodSource
    void malformed(ColumnType type, String json) {
        assertThatThrownBy(() -> read(type, json))
                .isInstanceOf(JobStopped.class)
                .hasMessageStartingWith("MalformedRecord: the value of column v of table public.orders ");
    }

    static Stream<Arguments> unavailable() {
        String text = '"' + Specs.PLACEHOLDER + '"';
        return Stream.of(
                arguments(TEXT, text),
                arguments(new ColumnType.Decimal(76, 2), text),
                arguments(new ColumnType.NumericText(), text),
                arguments(
                        new ColumnType.Bytes(),
                        '"'
                                + Base64.getEncoder()
                                        .encodeToString(Specs.PLACEHOLDER.getBytes(StandardCharsets.US_ASCII))
                                + '"'),
                arguments(new ColumnType.Array(TEXT), text),
                arguments(new ColumnType.Array(new ColumnType.Int(64)), text));
    }

    @ParameterizedTest
    @MethodSource
    void unavailable(ColumnType type, String json) {
        assertThatThrownBy(() -> read(type, json))
                .isInstanceOf(JobStopped.class)
                .hasMessageStartingWith("UnavailableValue: the value of column v of table public.orders ");
    }

    @Test
    void aMessageNeverHoldsTheValue() {
        assertThatThrownBy(() -> read(new ColumnType.Uuid(), "\"a secret\""))
                .isInstanceOf(JobStopped.class)
                .hasMessageNotContaining("secret");
    }
}
