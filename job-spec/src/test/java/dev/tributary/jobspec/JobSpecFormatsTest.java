package dev.tributary.jobspec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The documents {@code job-spec-<format>.json} were written by the operators of their time, and every later job has to read
 * them: while a cluster is upgraded a new job may start with an old document. Never change one. A change of the layout
 * raises {@link JobSpec#FORMAT_VERSION} and adds a document, and the reader makes the old ones into what they meant.
 */
class JobSpecFormatsTest {

    static IntStream formats() {
        return IntStream.rangeClosed(1, JobSpec.FORMAT_VERSION);
    }

    private static String document(int format) throws IOException {
        try (InputStream in = JobSpecFormatsTest.class.getResourceAsStream("/job-spec-" + format + ".json")) {
            assertThat(in).as("the document of format " + format).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void everyFormatThereEverWasIsReadable(int format) throws IOException {
        String json = document(format);

        JobSpec spec = JobSpecJson.read(json);

        assertThat(spec.epoch()).isEqualTo(3);
        assertThat(JobSpecCheck.of(json).problems()).isEmpty();
    }

    @Test
    void theFirstFormatMeansWhatItMeant() throws IOException {
        String json = document(1);

        JobSpec spec = JobSpecJson.read(json);

        assertThat(spec.tenant()).isEqualTo("acme");
        assertThat(spec.pipeline()).isEqualTo("shop");
        assertThat(spec.kafka()).isEqualTo(new JobSpec.Kafka("kafka-0:9092,kafka-1:9092", "acme.shop"));
        assertThat(spec.clickhouse())
                .isEqualTo(new JobSpec.ClickHouse("https://clickhouse:8443", "acme", "_tributary_acme"));
        assertThat(spec.unavailableValuePlaceholder()).isEqualTo("unavailable-0123456789abcdef");
        assertThat(spec.flushMillis()).as("what always was so").isEqualTo(500);
        assertThat(spec.policies()).as("what always was so").isEqualTo(JobSpec.Policies.CAREFUL);
        assertThat(spec.lateAfterSeconds())
                .as("what an operator writes that is told nothing")
                .isEqualTo(3600);
        assertThat(spec.tables()).hasSize(1);
        JobSpec.Table orders = spec.tables().get(0);
        assertThat(orders.key()).containsExactly("id", "region");
        assertThat(orders.startOffsets()).containsExactly(17L, 0L, 9_000_000_000L);
        assertThat(orders.columns())
                .containsExactly(
                        new JobSpec.Column("id", new ColumnType.Int(64), false),
                        new JobSpec.Column("region", new ColumnType.Text(), false),
                        new JobSpec.Column("small", new ColumnType.Int(16), true),
                        new JobSpec.Column("ratio", new ColumnType.Float(32), true),
                        new JobSpec.Column("amount", new ColumnType.Decimal(12, 2), true),
                        new JobSpec.Column("any_number", new ColumnType.NumericText(), true),
                        new JobSpec.Column("paid", new ColumnType.Bool(), false),
                        new JobSpec.Column("at", new ColumnType.Timestamp(), true),
                        new JobSpec.Column("at_zone", new ColumnType.ZonedTimestamp(), true),
                        new JobSpec.Column("day", new ColumnType.Date(), true),
                        new JobSpec.Column("hour", new ColumnType.Time(), true),
                        new JobSpec.Column("photo", new ColumnType.Bytes(), true),
                        new JobSpec.Column("token", new ColumnType.Uuid(), true),
                        new JobSpec.Column("tags", new ColumnType.Array(new ColumnType.Text()), false));
    }

    @Test
    void theSecondFormatSaysHowLongARowMayWaitAndWhatBecomesOfValuesOutOfRange() throws IOException {
        JobSpec spec = JobSpecJson.read(document(2));

        assertThat(spec.flushMillis()).isEqualTo(50);
        assertThat(spec.tables().get(0).columns())
                .hasSize(14)
                .contains(
                        new JobSpec.Column("id", new ColumnType.Int(64), false, OutOfRange.STOP),
                        new JobSpec.Column("at", new ColumnType.Timestamp(), true, OutOfRange.NULL),
                        new JobSpec.Column("day", new ColumnType.Date(), true, OutOfRange.CLAMP));
    }

    @Test
    void theThirdFormatSaysWhatBecomesOfTruncationsAndBadRecords() throws IOException {
        JobSpec spec = JobSpecJson.read(document(3));

        assertThat(spec.policies()).isEqualTo(new JobSpec.Policies(OnTruncate.APPLY, OnBadRecord.QUARANTINE));
        assertThat(spec.clickhouse().jobDatabase()).isEqualTo("_tributary_acme");
    }

    @Test
    void theFourthFormatSaysWhenAChangeIsLate() throws IOException {
        JobSpec spec = JobSpecJson.read(document(4));

        assertThat(spec.lateAfterSeconds()).isEqualTo(86_400);
        assertThat(JobSpecJson.read(document(3)).lateAfterSeconds()).isEqualTo(3600);
    }

    @Test
    void theFifthFormatHasTablesWithoutAKey() throws IOException {
        JobSpec spec = JobSpecJson.read(document(5));

        assertThat(spec.tables()).extracting(JobSpec.Table::appendOnly).containsExactly(false, true);
        assertThat(spec.tables().get(1).added()).contains(AddedColumn.PARTITION, AddedColumn.OFFSET);
        assertThat(spec.tables().get(0).added()).doesNotContain(AddedColumn.PARTITION, AddedColumn.OFFSET);
    }

    @Test
    void theFifthFormatKnowsColumnsThatAreStoredAsTheUserWants() throws IOException {
        JobSpec spec = JobSpecJson.read(document(5));

        assertThat(spec.tables().get(0).columns())
                .hasSize(20)
                .contains(
                        new JobSpec.Column("since", new ConvertedType.AsText(new ColumnType.Date()), true),
                        new JobSpec.Column(
                                "at_home", new ConvertedType.InZone("Europe/Berlin"), true, OutOfRange.CLAMP),
                        new JobSpec.Column("rate", new ConvertedType.Rounded(18, 4), true, OutOfRange.NULL));
    }

    @Test
    void aChangedLayoutIsAnotherFormat() throws IOException {
        JobSpec spec = JobSpecJson.read(document(JobSpec.FORMAT_VERSION));

        String written = JobSpecJson.write(spec);

        assertThat(written)
                .as("written by this version; if the layout changed, raise FORMAT_VERSION and add a document")
                .isEqualTo(document(JobSpec.FORMAT_VERSION).strip());
    }

    @Test
    void theDocumentsKnowEveryKindOfColumn() throws IOException {
        List<JobSpec.Column> columns = JobSpecJson.read(document(JobSpec.FORMAT_VERSION))
                .tables()
                .get(0)
                .columns();

        assertThat(columns)
                .extracting(column -> (Object) column.type().getClass())
                .contains(Arrays.stream(ColumnType.class
                                .getAnnotation(JsonSubTypes.class)
                                .value())
                        .map(JsonSubTypes.Type::value)
                        .toArray());
    }

    @Test
    void everyKindOfColumnHasItsName() {
        Set<Class<?>> named = Arrays.stream(
                        ColumnType.class.getAnnotation(JsonSubTypes.class).value())
                .map(JsonSubTypes.Type::value)
                .collect(Collectors.toSet());

        assertThat(named)
                .containsAll(List.of(ConvertedType.class.getPermittedSubclasses()))
                .containsAll(Arrays.stream(ColumnType.class.getPermittedSubclasses())
                        .filter(Class::isRecord)
                        .toList());
    }

    @Test
    void aNewerFormatSaysWhatToDo() throws IOException {
        int newer = JobSpec.FORMAT_VERSION + 1;
        String json = document(JobSpec.FORMAT_VERSION)
                .replace("\"formatVersion\" : " + JobSpec.FORMAT_VERSION, "\"formatVersion\" : " + newer);

        assertThatThrownBy(() -> JobSpecJson.read(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("this job reads JobSpec formats up to " + JobSpec.FORMAT_VERSION + ", the document has "
                        + newer + ": run the job image that belongs to the operator");
        assertThat(JobSpecCheck.of(json).problems()).singleElement().satisfies(problem -> assertThat(problem.text())
                .contains("the document has " + newer));
    }

    @Test
    void aDocumentWithoutAFormatIsNone() {
        assertThatThrownBy(() -> JobSpecJson.read("{}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a JobSpec: it has no formatVersion of 1 or more");
    }
}
