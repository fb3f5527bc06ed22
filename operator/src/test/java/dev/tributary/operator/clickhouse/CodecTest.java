package dev.tributary.operator.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodecTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NONE|CODEC(NONE)",
                "ZSTD(3)|CODEC(ZSTD(3))",
                "Delta, ZSTD|CODEC(Delta, ZSTD)",
                "DoubleDelta,LZ4HC(12)|CODEC(DoubleDelta, LZ4HC(12))"
            })
    void isWrittenAnew(String text, String sql) {
        assertThat(Codec.parse(text)).map(Codec::sql).contains(sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "zstd",
                "ZSTD(-1)",
                "ZSTD(1",
                "ZSTD(1)(2)",
                "ZSTD,",
                "AES_128_GCM_SIV",
                "SZ3",
                "ZSTD) ENGINE = Null --",
                "ZSTD(1000)"
            })
    void anythingElseIsNone(String text) {
        assertThat(Codec.parse(text)).isEmpty();
    }

    /** ClickHouse writes the parameters it chose itself. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Delta, ZSTD|CODEC(Delta(8), ZSTD(1))|true",
                "ZSTD(3)|CODEC(ZSTD(3))|true",
                "ZSTD(3)|CODEC(ZSTD(1))|false",
                "ZSTD(3)|''|false",
                "ZSTD|CODEC(Delta(8), ZSTD(1))|false",
                "ZSTD|CODEC(SZ3)|false"
            })
    void isComparedWithWhatClickHouseReports(String wanted, String reported, boolean same) {
        Codec codec = Codec.parse(wanted).orElseThrow();

        assertThat(codec.isGrantedBy(reported)).isEqualTo(same);
    }
}
