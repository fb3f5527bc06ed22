package dev.tributary.operator.condition;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReasonTest {

    @ParameterizedTest
    @EnumSource(dev.tributary.operator.source.Reason.class)
    void everyReasonOfASourceIsAReasonOfACondition(dev.tributary.operator.source.Reason reason) {
        assertThatCode(() -> Reason.valueOf(reason.name())).doesNotThrowAnyException();
    }
}
