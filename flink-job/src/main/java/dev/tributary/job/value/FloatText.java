package dev.tributary.job.value;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * A binary floating-point number as PostgreSQL writes it: the shortest decimal that lies nearer to it than to its neighbours,
 * and with an exponent where that is below -4 or not below the digits that the type holds for certain.
 */
final class FloatText {

    private static final int SINGLE_DIGITS = 6;
    private static final int DOUBLE_DIGITS = 15;

    /** Enough for both types. */
    private static final int MOST_DIGITS = 17;

    private static final int LEAST_EXPONENT = -4;
    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    private FloatText() {}

    static String of(float value) {
        if (Float.isNaN(value) || Float.isInfinite(value) || value == 0) {
            return special(value);
        }
        float size = Math.abs(value);
        // Beyond the largest the step goes on as before.
        BigDecimal above = size == Float.MAX_VALUE ? exact(size).add(exact(Math.ulp(size))) : exact(Math.nextUp(size));
        BigDecimal shortest = shortest(exact(Math.nextDown(size)), exact(size), above);
        return (value < 0 ? "-" : "") + layout(shortest, SINGLE_DIGITS);
    }

    static String of(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value) || value == 0) {
            return special(value);
        }
        double size = Math.abs(value);
        BigDecimal above = size == Double.MAX_VALUE ? exact(size).add(exact(Math.ulp(size))) : exact(Math.nextUp(size));
        BigDecimal shortest = shortest(exact(Math.nextDown(size)), exact(size), above);
        return (value < 0 ? "-" : "") + layout(shortest, DOUBLE_DIGITS);
    }

    private static String special(double value) {
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        return Double.toString(value);
    }

    private static BigDecimal exact(double value) {
        return new BigDecimal(value);
    }

    private static BigDecimal shortest(BigDecimal below, BigDecimal value, BigDecimal above) {
        BigDecimal from = below.add(value).divide(TWO);
        BigDecimal to = above.add(value).divide(TWO);
        for (int digits = 1; digits < MOST_DIGITS; digits++) {
            BigDecimal down = value.round(new MathContext(digits, RoundingMode.DOWN));
            BigDecimal up = value.round(new MathContext(digits, RoundingMode.UP));
            boolean downFits = down.compareTo(from) > 0;
            boolean upFits = up.compareTo(to) < 0;
            if (downFits && upFits) {
                return value.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            }
            if (downFits || upFits) {
                return downFits ? down : up;
            }
        }
        return value.round(new MathContext(MOST_DIGITS, RoundingMode.HALF_EVEN));
    }

    private static String layout(BigDecimal value, int certainDigits) {
        BigDecimal stripped = value.stripTrailingZeros();
        int exponent = stripped.precision() - stripped.scale() - 1;
        if (exponent >= LEAST_EXPONENT && exponent < certainDigits) {
            return stripped.toPlainString();
        }
        String digits = stripped.unscaledValue().toString();
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        String size = Integer.toString(Math.abs(exponent));
        return mantissa + "e" + (exponent < 0 ? "-" : "+") + (size.length() == 1 ? "0" : "") + size;
    }
}
