package dev.tributary.job.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.tributary.jobspec.ColumnType;
import dev.tributary.jobspec.ConvertedType;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LiteralTest {

    static Stream<Arguments> everyTypeOfAKeyHasAText() {
        return Stream.of(
                arguments(new ColumnType.Int(16), "00 80", "-32768"),
                arguments(new ColumnType.Int(64), "ff ff ff ff ff ff ff 7f", "9223372036854775807"),
                arguments(new ColumnType.Decimal(9, 2), "ce ff ff ff", "-0.50"),
                arguments(new ColumnType.Decimal(20, 0), "ff".repeat(16), "-1"),
                arguments(new ColumnType.Text(), "61 27 5c", "a'\\"),
                arguments(new ConvertedType.AsText(new ColumnType.Int(16)), "2d 31", "-1"),
                arguments(new ConvertedType.LowCardinality(new ColumnType.Text()), "61", "a"),
                arguments(new ColumnType.Bool(), "01", "true"),
                arguments(new ColumnType.Timestamp(), "ff ff ff ff ff ff ff ff", "1969-12-31 23:59:59.999999"),
                arguments(new ColumnType.ZonedTimestamp(), "01 00 00 00 00 00 00 00", "1970-01-01 00:00:00.000001"),
                arguments(new ColumnType.Date(), "ff ff ff ff", "1969-12-31"),
                arguments(
                        new ColumnType.Uuid(),
                        "77 66 55 44 33 22 11 00 ff ee dd cc bb aa 99 88",
                        "00112233-4455-6677-8899-aabbccddeeff"));
    }

    @ParameterizedTest
    @MethodSource
    void everyTypeOfAKeyHasAText(ColumnType type, String bytes, String text) {
        Literal literal = Literal.of(type, HexFormat.of().parseHex(bytes.replace(" ", "")));

        assertThat(new String(literal.text(), StandardCharsets.UTF_8)).isEqualTo(text);
    }

    @Test
    void noByteOfAValueStandsInTheStatement() {
        byte[] hostile = "') OR 1=1 --\\\n\0é".getBytes(StandardCharsets.UTF_8);

        String sql = Literal.of(new ColumnType.Text(), hostile).sql();

        assertThat(sql).matches("'(\\\\x[0-9a-f]{2})*'").hasSize(2 + 4 * hostile.length);
    }
}
