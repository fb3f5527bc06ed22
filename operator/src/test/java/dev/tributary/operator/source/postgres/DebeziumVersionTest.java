package dev.tributary.operator.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DebeziumVersionTest {

    @ParameterizedTest
    @CsvSource({
        "3.6.3.Final, false",
        "3.7.0.Alpha2, false",
        "3.7.0.CR1, false",
        "3.7.0-SNAPSHOT, false",
        "3.7.0.Final, true",
        "3.7.0.Final-redhat-00001, true",
        "3.7.1.Final, true",
        "3.8.0.Alpha1, true",
        "3.10.0.Final, true",
        "4.0.0.Final, true",
        "2.7.4.Final, false",
        "3.7, false",
        "99999999999.0.0.Final, false",
        "unknown, false",
        ", false"
    })
    void fromThreeSevenOnNothingIsLost(String version, boolean safe) {
        assertThat(DebeziumVersion.restartsWithoutLoss(version)).isEqualTo(safe);
    }
}
