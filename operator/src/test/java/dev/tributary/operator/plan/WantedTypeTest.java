package dev.tributary.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.tributary.operator.plan.WantedType.Kind;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WantedTypeTest {

    static Stream<Arguments> aTypeIsRead() {
        return Stream.of(
                arguments("Int64", new Kind.Int(64), false, false),
                arguments("Nullable(Float64)", new Kind.Float(64), true, false),
                arguments("Decimal(38, 9)", new Kind.Decimal(38, 9), false, false),
                arguments("Nullable(Decimal(76,76))", new Kind.Decimal(76, 76), true, false),
                arguments("DateTime64(6, 'Etc/GMT+1')", new Kind.DateTime("Etc/GMT+1"), false, false),
                arguments("LowCardinality(String)", new Kind.Text(), false, true),
                arguments("LowCardinality(Nullable(String))", new Kind.Text(), true, true),
                arguments("JSON", new Kind.Json(), false, false));
    }

    @ParameterizedTest
    @MethodSource
    void aTypeIsRead(String text, Kind kind, boolean nullable, boolean dictionary) {
        assertThat(WantedType.parse(text)).contains(new WantedType(kind, nullable, dictionary));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "int64",
                "Int8",
                "UInt64",
                "Int128",
                "Array(String)",
                "Nullable(Array(String))",
                "Nullable(Nullable(String))",
                "Nullable(LowCardinality(String))",
                "LowCardinality(Int64)",
                "LowCardinality(LowCardinality(String))",
                "Decimal(77, 2)",
                "Decimal(0, 0)",
                "Decimal(5, 6)",
                "Decimal(5)",
                "DateTime64(3, 'UTC')",
                "DateTime64(6)",
                "DateTime64(6, 'x') ENGINE = Null --')",
                "String) ENGINE = Null --",
                "String, x String",
                "JSON(max_dynamic_paths=1)",
                "Nullable(String"
            })
    void anythingElseIsNone(String text) {
        assertThat(WantedType.parse(text)).isEmpty();
    }
}
