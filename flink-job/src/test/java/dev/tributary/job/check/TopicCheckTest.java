package dev.tributary.job.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.Finding;
import dev.tributary.job.change.Specs;
import dev.tributary.jobspec.JobSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicCheckTest {

    private static final String TOPIC = "acme.shop.public.orders";

    /** The epoch begins at offset 5 of the first of two partitions, and at 0 of the other. */
    private static final JobSpec SPEC = Specs.spec("http://clickhouse:8123", Specs.startingAt(List.of(5L)));

    private static List<String> lines(TopicState state) {
        return TopicCheck.of(SPEC, Map.of(TOPIC, state)).stream()
                .map(Finding::line)
                .toList();
    }

    private static TopicState.Present present(long first, long end) {
        return new TopicState.Present(true, List.of(new TopicState.Range(first, end), new TopicState.Range(0, 0)));
    }

    @Test
    void aTopicWithAllRecordsSinceTheEpochBeganIsFine() {
        assertThat(lines(present(5, 5))).containsExactly("ok     topic " + TOPIC + ", partitions: 2");
        assertThat(lines(present(0, 9))).containsExactly("ok     topic " + TOPIC + ", partitions: 2");
    }

    @Test
    void recordsThatAreGoneAreTold() {
        assertThat(lines(present(6, 9)))
                .containsExactly(
                        "WRONG  topic " + TOPIC + " partition 0: begins at offset 6, the epoch at 5: a first start"
                                + " would stop with OffsetsExpired; the tables have to be read again");
    }

    @Test
    void aTopicThatWasMadeAnewIsTold() {
        assertThat(lines(present(0, 4)))
                .containsExactly(
                        "WRONG  topic " + TOPIC + " partition 0: ends at offset 4, the epoch begins at 5: the topic"
                                + " was made anew; the tables have to be read again");
        assertThat(lines(new TopicState.Present(true, List.of())))
                .containsExactly("WRONG  topic " + TOPIC
                        + ": has 0 partitions, the spec has start offsets for 1: the topic" + " was made anew");
    }

    @Test
    void aTopicThatIsNotThereOrMayNotBeReadIsTold() {
        assertThat(lines(new TopicState.Missing())).singleElement().satisfies(line -> assertThat(line)
                .startsWith("WRONG  topic " + TOPIC + ": is not there"));
        assertThat(lines(new TopicState.Refused("Not authorized to access topics")))
                .containsExactly("WRONG  topic " + TOPIC + ": Kafka says Not authorized to access topics");
        assertThat(lines(new TopicState.Present(false, List.of(new TopicState.Range(0, 9)))))
                .containsExactly("WRONG  topic " + TOPIC + ": may not be read: the ACL Read is missing");
    }
}
