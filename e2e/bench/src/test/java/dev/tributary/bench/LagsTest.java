package dev.tributary.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LagsTest {

    @Test
    void aQuantileIsWhatItsShareOfTheRowsDidNotExceed() {
        // Given a thousand rows that took 1000 ms, 999 ms ... 1 ms
        Lags lags = new Lags(
                IntStream.rangeClosed(1, 1000).mapToDouble(i -> 1001 - i).toArray());

        // When they are summed up
        String summary = lags.toString();

        // Then each quantile is a lag that a row had
        assertThat(summary).isEqualTo("p50 500 ms, p99 990 ms, p99.9 999 ms, highest 1,000 ms");
    }

    @Test
    void oneRowIsEveryQuantile() {
        // Given one row
        Lags lags = new Lags(new double[] {7});

        // When its quantiles are asked for
        double[] quantiles = {lags.quantile(0.001), lags.quantile(0.5), lags.quantile(1)};

        // Then all are its lag
        assertThat(quantiles).containsOnly(7);
    }
}
