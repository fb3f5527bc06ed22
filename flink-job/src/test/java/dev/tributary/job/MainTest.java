package dev.tributary.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.job.change.Specs;
import dev.tributary.jobspec.JobSpec;
import dev.tributary.jobspec.JobSpecJson;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    private static final JobSpec SPEC =
            Specs.spec("http://clickhouse:8123", Specs.table("orders", List.of(Specs.ID), "id"));

    @TempDir
    private Path folder;

    @Test
    void wrongArgumentsSayHowToCallIt() {
        assertThatThrownBy(() -> Main.main(new String[] {"--spec", "x"}))
                .isInstanceOf(JobStopped.class)
                .hasMessage("InvalidStart: " + Command.USAGE);
    }

    @Test
    void aMissingFileIsNamed() {
        Path missing = folder.resolve("none.json");

        assertThatThrownBy(() -> Main.main(new String[] {"--job-spec", missing.toString()}))
                .isInstanceOf(JobStopped.class)
                .hasMessage("InvalidStart: cannot read " + missing + " (" + Command.USAGE + ")");
    }

    @Test
    void aWrongSpecSaysWhatIsWrong() throws Exception {
        Path file = folder.resolve("spec.json");
        Files.writeString(file, JobSpecJson.write(SPEC).replace("\"tenant\"", "\"tenent\""));

        assertThatThrownBy(() -> Main.main(new String[] {"--job-spec", file.toString()}))
                .isInstanceOf(JobStopped.class)
                .hasMessageStartingWith("InvalidStart: " + file + ": not a JobSpec: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--job-spec",
                "--job-spec --validate",
                "--validate",
                "--dry-run --validate",
                "--job-spec f --validate --dry-run",
                "--job-spec f --help",
                "f --job-spec",
            })
    void otherArgumentsAreRefused(String arguments) {
        String[] args = arguments.isEmpty() ? new String[0] : arguments.split(" ");

        assertThatThrownBy(() -> Command.parse(args))
                .isInstanceOf(JobStopped.class)
                .hasMessage("InvalidStart: " + Command.USAGE);
    }

    @Test
    void optionsMayStandInAnyOrder() {
        Path file = Path.of("f");

        assertThat(Command.parse(new String[] {"--job-spec", "f"})).isEqualTo(new Command.Run(file));
        assertThat(Command.parse(new String[] {"--validate", "--job-spec", "f"}))
                .isEqualTo(new Command.Validate(file));
        assertThat(Command.parse(new String[] {"--job-spec", "f", "--validate"}))
                .isEqualTo(new Command.Validate(file));
        assertThat(Command.parse(new String[] {"--job-spec", "f", "--dry-run"})).isEqualTo(new Command.DryRun(file));
        assertThat(Command.parse(new String[] {"--help"})).isEqualTo(new Command.Help());
    }

    /** @param exit what it ends with */
    private String printed(int exit, String... args) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            assertThat(Main.check(Command.parse(args), Map.of(), out)).isEqualTo(exit);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aRightSpecIsToldInShort() throws Exception {
        Path file = folder.resolve("spec.json");
        Files.writeString(file, JobSpecJson.write(SPEC));

        String printed = printed(0, "--job-spec", file.toString(), "--validate");

        assertThat(printed).isEqualTo("""
                acme/shop, epoch 7: from Kafka kafka:9092 (group acme.shop) to ClickHouse http://clickhouse:8123, database acme, every 500 ms; tables: 1
                  public.orders: topic acme.shop.public.orders -> table orders, key id, columns: 1, start offsets 0
                """);
    }

    @Test
    void everyProblemOfASpecIsPrinted() throws Exception {
        Path file = folder.resolve("spec.json");
        Files.writeString(
                file,
                JobSpecJson.write(SPEC)
                        .replace("\"epoch\" : 7", "\"epoch\" : 0")
                        .replace("\"tenant\"", "\"tenent\"")
                        .replace("\"bits\" : 64", "\"bits\" : 65"));

        String printed = printed(1, "--validate", "--job-spec", file.toString());

        assertThat(printed.lines())
                .containsExactly(
                        file + ": tenant: is missing",
                        file + ": epoch: must be between 1 and 65535, not 0",
                        file + ": tables[0].columns[0].type: an integer has 16, 32 or 64 bits, not 65",
                        file + ": tenent: is unknown to this job: remove it, or run the job image that belongs to the"
                                + " operator");
    }

    @Test
    void aFileThatIsNotThereIsAProblemToo() {
        Path missing = folder.resolve("none.json");

        assertThat(printed(1, "--validate", "--job-spec", missing.toString()))
                .isEqualTo(missing + ": cannot be read as a file of UTF-8 text; is it there?\n");
        assertThat(printed(1, "--dry-run", "--job-spec", missing.toString())).startsWith(missing + ": cannot be read");
    }

    @Test
    void theDryRunTellsWhatDoesNotAnswer() throws Exception {
        Path file = folder.resolve("spec.json");
        Files.writeString(file, JobSpecJson.write(SPEC).replace("kafka:9092", "nowhere.invalid:9092"));

        String printed = printed(1, "--dry-run", "--job-spec", file.toString());

        assertThat(printed.lines().skip(2))
                .containsExactly(
                        "WRONG  Kafka nowhere.invalid:9092: no answer (No resolvable bootstrap urls given in"
                                + " bootstrap.servers): check address and network",
                        "WRONG  ClickHouse http://clickhouse:8123: InvalidStart: the process's environment has no"
                                + " CLICKHOUSE_USER");
    }

    @Test
    void helpSaysWhatThereIs() {
        assertThat(printed(0, "--help")).contains("--validate", "--dry-run", "CLICKHOUSE_PASSWORD");
    }
}
