package dev.tributary.job.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.tributary.job.JobStopped;
import dev.tributary.job.source.RawRecord;
import dev.tributary.jobspec.ColumnType;
import dev.tributary.jobspec.ConvertedType;
import dev.tributary.jobspec.JobSpec;
import dev.tributary.jobspec.OutOfRange;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The edges of each type that a column has because the user wants it so. */
class ConvertedValuesTest {

    private static final ColumnType.Text TEXT = new ColumnType.Text();
    private static final ColumnType.Date DATE = new ColumnType.Date();
    private static final ColumnType.ZonedTimestamp ZONED = new ColumnType.ZonedTimestamp();
    private static final ColumnType.Timestamp TIMESTAMP = new ColumnType.Timestamp();
    private static final ConvertedType JSON = new ConvertedType.Json();
    private static final ConvertedType AS_FLOAT = new ConvertedType.AsFloat64(new ColumnType.NumericText());
    private static final ConvertedType WIDE_FLOAT = new ConvertedType.AsFloat64(new ColumnType.Float(32));

    /** PostgreSQL's text, read by the library as Debezium reads it. */
    private static final DateTimeFormatter POSTGRES = new DateTimeFormatterBuilder()
            .appendValue(ChronoField.YEAR_OF_ERA, 4, 10, SignStyle.NEVER)
            .appendPattern("-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
            .appendPattern("[ G]")
            .parseDefaulting(ChronoField.ERA, 1)
            .toFormatter(Locale.ENGLISH);

    private static ConvertedType text(ColumnType type) {
        return new ConvertedType.AsText(type);
    }

    private static ConvertedType rounded(int precision, int scale) {
        return new ConvertedType.Rounded(precision, scale);
    }

    /** A JSON string that holds this text. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    static Stream<Arguments> carried() {
        return Stream.of(
                arguments(rounded(4, 2), "\"1.005\"", new BigDecimal("1.01")),
                arguments(rounded(4, 2), "\"-1.005\"", new BigDecimal("-1.01")),
                arguments(rounded(4, 2), "\"1.0049999999999999999999\"", new BigDecimal("1.00")),
                arguments(rounded(4, 2), "\"1E-16383\"", new BigDecimal("0.00")),
                arguments(rounded(76, 0), '"' + "9".repeat(76) + ".4\"", new BigDecimal("9".repeat(76))),
                arguments(AS_FLOAT, "\"0.1\"", 0.1),
                arguments(AS_FLOAT, "\"1E-400\"", 0.0),
                arguments(AS_FLOAT, "\"9007199254740993\"", 9007199254740992.0),
                arguments(AS_FLOAT, "\"NAN\"", Double.NaN),
                arguments(AS_FLOAT, "\"NEGATIVE_INFINITY\"", Double.NEGATIVE_INFINITY),
                arguments(WIDE_FLOAT, "0.1", (double) 0.1f),
                arguments(WIDE_FLOAT, "\"Infinity\"", Double.POSITIVE_INFINITY),
                arguments(new ConvertedType.LowCardinality(TEXT), "\"é\"", "é"),
                arguments(new ConvertedType.LowCardinality(text(new ColumnType.Int(32))), "-2147483648", "-2147483648"),
                arguments(text(new ColumnType.Bool()), "false", "false"),
                arguments(text(new ColumnType.Float(32)), "1.17549435E-38", "1.1754944e-38"),
                arguments(text(new ColumnType.Float(64)), "\"NaN\"", "NaN"),
                arguments(text(DATE), "0", "1970-01-01"),
                arguments(text(DATE), "-719163", "0001-12-31 BC"),
                arguments(text(DATE), "-719162", "0001-01-01"),
                arguments(text(DATE), "-2440588", "4714-11-24 BC"),
                arguments(text(DATE), "2145042905", "5874897-12-31"),
                // What Debezium makes of infinity and -infinity, in the log, and without our converter in a snapshot.
                arguments(text(DATE), "-2147472692", "infinity"),
                arguments(text(DATE), "-2147472691", "-infinity"),
                arguments(text(DATE), "-625821272", "-infinity"),
                arguments(text(TIMESTAMP), "-1", "1969-12-31 23:59:59.999999"),
                arguments(text(TIMESTAMP), "253402300800500000", "10000-01-01 00:00:00.5"),
                arguments(text(TIMESTAMP), "-210866803200000000", "4714-11-24 00:00:00 BC"),
                arguments(text(TIMESTAMP), "9223372036825200000", "infinity"),
                arguments(text(TIMESTAMP), "-9223372036832400000", "-infinity"),
                arguments(text(ZONED), "\"2024-02-29T01:00:00+05:30\"", "2024-02-28 19:30:00+00"),
                arguments(text(ZONED), "\"2024-02-29T01:00Z\"", "2024-02-29 01:00:00+00"),
                arguments(text(ZONED), "\"-0043-03-15T12:00:00.000001Z\"", "0044-03-15 12:00:00.000001+00 BC"),
                arguments(text(ZONED), "\"+294276-12-31T23:59:59.999999Z\"", "294276-12-31 23:59:59.999999+00"),
                arguments(text(ZONED), "\"infinity\"", "infinity"),
                arguments(text(ZONED), "\"-infinity\"", "-infinity"),
                arguments(new ConvertedType.InZone("Asia/Tokyo"), "\"1970-01-01T00:00:00.5Z\"", 500_000L),
                arguments(JSON, quoted("{\"a\": 18446744073709551615}"), "{\"a\": 18446744073709551615}"),
                arguments(JSON, quoted("{\"a\\\"}99999999999999999999\": -1}"), "{\"a\\\"}99999999999999999999\": -1}"),
                arguments(
                        JSON,
                        quoted("{\"a\": " + "[".repeat(499) + "]".repeat(499) + "}"),
                        "{\"a\": " + "[".repeat(499) + "]".repeat(499) + "}"),
                arguments(JSON, "\"{}\"", "{}"));
    }

    @ParameterizedTest
    @MethodSource
    void carried(ColumnType type, String json, Object expected) {
        Object value = ValuesTest.read(type, json);

        assertThat(value).isEqualTo(expected);
    }

    static Stream<Arguments> outOfRange() {
        return Stream.of(
                arguments(rounded(4, 2), "\"99.995\""),
                arguments(rounded(4, 2), "\"100\""),
                arguments(rounded(76, 2), "\"1E999999999\""),
                arguments(rounded(4, 2), "\"NAN\""),
                arguments(AS_FLOAT, "\"1E309\""),
                arguments(text(TIMESTAMP), "9223372036854775807"),
                arguments(new ConvertedType.InZone("Asia/Tokyo"), "\"infinity\""),
                arguments(JSON, "\"[1]\""),
                arguments(JSON, "\"1\""),
                arguments(JSON, quoted("{\"a\": 18446744073709551616}")),
                arguments(JSON, quoted("{\"a\": -9223372036854775809}")),
                arguments(JSON, quoted("{\"a\": 1" + "0".repeat(400) + ".5}")),
                arguments(JSON, quoted("{\"a\": " + "[".repeat(500) + "]".repeat(500) + "}")));
    }

    @ParameterizedTest
    @MethodSource
    void outOfRange(ColumnType type, String json) {
        assertThatThrownBy(() -> ValuesTest.read(type, json))
                .isInstanceOf(JobStopped.class)
                .hasMessageStartingWith("ValueOutOfRange: the value of column v of table public.orders ");
    }

    @ParameterizedTest
    @MethodSource("outOfRange")
    void outOfRangeIsNullWhereTheUserWantsIt(ColumnType type, String json) {
        JobSpec.Column column = new JobSpec.Column("v", type, true, OutOfRange.NULL);

        Object value = ValuesTest.read(column, json);

        assertThat(value).isNull();
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                arguments(rounded(4, 2), "\"1E-999999999\""),
                arguments(AS_FLOAT, "\"one\""),
                arguments(WIDE_FLOAT, "true"),
                arguments(text(DATE), "\"infinity\""),
                arguments(text(ZONED), "\"yesterday\""),
                arguments(JSON, "{}"));
    }

    @ParameterizedTest
    @MethodSource
    void malformed(ColumnType type, String json) {
        assertThatThrownBy(() -> ValuesTest.read(type, json))
                .isInstanceOf(JobStopped.class)
                .hasMessageStartingWith("MalformedRecord: the value of column v of table public.orders ");
    }

    static Stream<ColumnType> unavailable() {
        return Stream.of(rounded(4, 2), AS_FLOAT, new ConvertedType.LowCardinality(TEXT), JSON);
    }

    @ParameterizedTest
    @MethodSource
    void unavailable(ColumnType type) {
        assertThatThrownBy(() -> ValuesTest.read(type, '"' + Specs.PLACEHOLDER + '"'))
                .isInstanceOf(JobStopped.class)
                .hasMessageStartingWith("UnavailableValue: the value of column v of table public.orders ");
    }

    /** Of a deleted row only the key is written, and an empty text is no JSON. */
    @Test
    void theDefaultOfJsonIsAnObject() {
        TableLayout layout = Specs.layout(Specs.table(JSON, false));
        Batch batch = new Batch(layout);
        byte[] deleted = Specs.event("d", "{\"id\":1,\"v\":null}", "null", 42).getBytes(StandardCharsets.UTF_8);

        new ChangeReader(layout).read(new RawRecord(0, 0, 0, deleted), batch);

        assertThat(NativeBlock.rows(batch).get(0)).containsEntry("v", "{}");
    }

    @Property
    void aTimestampIsTheTextThatTheLibraryReadsAsTheSame(
            @ForAll @LongRange(min = -210_866_803_200_000_000L, max = 9_223_372_036_825_199_999L) long micros) {
        Object shown = ValuesTest.read(text(TIMESTAMP), Long.toString(micros));

        LocalDateTime read = LocalDateTime.parse((String) shown, POSTGRES);
        assertThat(ChronoUnit.MICROS.between(LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), read))
                .isEqualTo(micros);
    }

    @Property
    void aDateIsTheTextThatTheLibraryReadsAsTheSame(@ForAll @IntRange(min = -2_440_588, max = 2_145_042_905) int day) {
        Object shown = ValuesTest.read(text(DATE), Integer.toString(day));

        String midnight = ((String) shown).replaceFirst("^(\\S+)", "$1 00:00:00");
        assertThat(LocalDateTime.parse(midnight, POSTGRES).toLocalDate()).isEqualTo(LocalDate.ofEpochDay(day));
    }
}
