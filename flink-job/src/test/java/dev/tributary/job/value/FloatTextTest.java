package dev.tributary.job.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What PostgreSQL 18 answers to {@code SELECT '...'::float8}; TypesTest asks a real one. */
class FloatTextTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, -0",
        "0.1, 0.1",
        "1e-4, 0.0001",
        "1e-5, 1e-05",
        "123456789012345, 123456789012345",
        "1e14, 100000000000000",
        "1e15, 1e+15",
        "-1.5e300, -1.5e+300",
        "4.9e-324, 5e-324",
        "2.2250738585072014e-308, 2.2250738585072014e-308",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "1e23, 9.999999999999999e+22",
        "5.684341886080802e-14, 5.684341886080802e-14",
        "NaN, NaN",
        "-Infinity, -Infinity"
    })
    void aDoubleIsWrittenAsPostgresDoes(double value, String text) {
        assertThat(FloatText.of(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.1",
        "123456, 123456",
        "1234567, 1.234567e+06",
        "16777216, 1.6777216e+07",
        "3.4028235e38, 3.4028235e+38",
        "1e-45, 1e-45",
        "1.1754944e-38, 1.1754944e-38"
    })
    void aFloatIsWrittenAsPostgresDoes(float value, String text) {
        assertThat(FloatText.of(value)).isEqualTo(text);
    }

    @Property
    void aDoubleIsReadBackAndNoShorterTextWouldBe(@ForAll long bits) {
        double value = Double.longBitsToDouble(bits);
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return;
        }

        String text = FloatText.of(value);

        assertThat(Double.parseDouble(text)).isEqualTo(value);
        int digits = new BigDecimal(text).stripTrailingZeros().precision();
        if (digits > 1) {
            BigDecimal shorter = new BigDecimal(value).round(new MathContext(digits - 1, RoundingMode.HALF_EVEN));
            // Text in the very middle between two numbers is read as the even one, and not written.
            assertThat(shorter.doubleValue() == value && !isMiddle(shorter, value))
                    .isFalse();
        }
    }

    private static boolean isMiddle(BigDecimal text, double value) {
        BigDecimal half = new BigDecimal(Math.ulp(value)).divide(BigDecimal.valueOf(2));
        return text.subtract(new BigDecimal(value)).abs().compareTo(half) >= 0;
    }

    @Property
    void aFloatIsReadBack(@ForAll int bits) {
        float value = Float.intBitsToFloat(bits);
        if (Float.isNaN(value) || Float.isInfinite(value)) {
            return;
        }

        assertThat(Float.parseFloat(FloatText.of(value))).isEqualTo(value);
    }
}
