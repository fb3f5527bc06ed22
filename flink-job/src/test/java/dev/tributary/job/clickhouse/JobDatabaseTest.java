package dev.tributary.job.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.change.Specs;
import dev.tributary.job.quarantine.Place;
import dev.tributary.jobspec.JobSpec;
import dev.tributary.jobspec.QuarantineState;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JobDatabaseTest {

    private static final WriterLimits LIMITS =
            new WriterLimits(100, Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(10));

    @Test
    void whatATruncationSettlesIsSettledInStatementsThatClickHouseTakes() throws Exception {
        try (FakeClickHouse clickHouse = new FakeClickHouse()) {
            JobSpec spec = Specs.spec(clickHouse.url(), Specs.table("orders", List.of(Specs.ID), "id"));
            List<Place> places = IntStream.range(0, 25_000)
                    .mapToObj(offset -> new Place("acme.shop.public.orders", 0, offset))
                    .toList();

            try (Connection connection = new Connection(spec, new Credentials("writer", "secret"), LIMITS)) {
                new JobDatabase(spec, connection).settle(places, QuarantineState.SUPERSEDED);
            }

            assertThat(clickHouse.statements())
                    .hasSize(3)
                    .allSatisfy(statement -> assertThat(statement).startsWith("INSERT INTO `_tributary_acme`"))
                    .satisfiesExactly(
                            first -> assertThat(first)
                                    .contains(", 0, 0)", ", 0, 9999)")
                                    .doesNotContain(", 0, 10000)"),
                            second -> assertThat(second).contains(", 0, 10000)", ", 0, 19999)"),
                            third -> assertThat(third).contains(", 0, 20000)", ", 0, 24999)"));
        }
    }
}
