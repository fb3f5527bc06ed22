package dev.tributary.bench;

import java.util.Arrays;

/** How long rows took from commit to answer, in milliseconds. */
final class Lags {

    private final double[] sorted;

    /** @param millis at least one */
    Lags(double[] millis) {
        this.sorted = millis.clone();
        Arrays.sort(sorted);
    }

    /** What this share of the rows did not exceed. */
    double quantile(double share) {
        return sorted[(int) Math.ceil(sorted.length * share) - 1];
    }

    double highest() {
        return sorted[sorted.length - 1];
    }

    int rows() {
        return sorted.length;
    }

    @Override
    public String toString() {
        return "p50 %,.0f ms, p99 %,.0f ms, p99.9 %,.0f ms, highest %,.0f ms"
                .formatted(quantile(0.5), quantile(0.99), quantile(0.999), highest());
    }
}
