package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code kubectl tributary doctor} as a user calls it: all is well on the box, and what is stopped is the line that is red. */
@Isolated("what other tests break on purpose would be told")
@ExtendWith(BoxExtension.class)
class DoctorTest {

    private static final Duration FOUND_WITHIN = Duration.ofMinutes(4);

    private final TestBox box;

    DoctorTest(TestBox box) {
        this.box = box;
    }

    @Test
    void onTheBoxNothingIsWrong() {
        Kubectl.Result doctor = box.kubectl().tributary("doctor");

        assertThat(doctor.exitCode()).as(doctor.output()).isZero();
        assertThat(doctor.output().lines())
                .filteredOn(line -> line.startsWith("ok "))
                .hasSizeGreaterThanOrEqualTo(14);
        assertThat(doctor.output()).endsWith("Nothing is wrong.\n");
    }

    @ParameterizedTest
    @Tag("long")
    @CsvSource(delimiter = '|', textBlock = """
            clickhouse       | ClickHouse http  | check spec.clickhouse.url of the PipelineClass and the server
            connect          | KafkaConnect     | kubectl describe kafkaconnect connect -n kafka
            kafka            | Kafka kafka      | kubectl describe kafka events -n kafka
            JOB/jobmanager   | Flink            | kubectl describe flinkdeployments -n flink
            postgres         | TenantPipeline   | check host, port and firewall
            operator         | Operator         | raise replicas in the chart's values
            """)
    void whatIsStoppedIsTheLineThatIsRed(String part, String about, String remedy) {
        Client client = Client.create(box, "doctor");
        client.database().run("CREATE TABLE items (id int PRIMARY KEY)", "INSERT INTO items VALUES (1)");
        client.apply("items");
        client.awaitReady();
        client.awaitCondition("SnapshotComplete", "True", "Streaming");
        String stopped = part.replace(
                "JOB", "flink/" + client.pipeline().getStatus().effective().flinkDeployment());
        awaitWell();

        box.signal(stopped, "STOP");

        try {
            await().atMost(FOUND_WITHIN).untilAsserted(() -> {
                Kubectl.Result doctor = box.kubectl().tributary("doctor");
                List<String> lines = doctor.output().lines().toList();
                assertThat(lines).anySatisfy(line -> assertThat(line).startsWith("WRONG      " + about));
                assertThat(lines.get(indexOf(lines, "WRONG      " + about) + 1)).contains("-> ", remedy);
                assertThat(doctor.exitCode()).isEqualTo(1);
            });
        } finally {
            box.signal(stopped, "CONT");
        }
        awaitWell();
        client.deleteAndAwait();
    }

    private static int indexOf(List<String> lines, String beginning) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(beginning)) {
                return i;
            }
        }
        throw new AssertionError("no line begins with " + beginning);
    }

    private void awaitWell() {
        await().atMost(FOUND_WITHIN).untilAsserted(() -> {
            Kubectl.Result doctor = box.kubectl().tributary("doctor");
            assertThat(doctor.exitCode()).as(doctor.output()).isZero();
        });
    }
}
