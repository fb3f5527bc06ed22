package dev.tributary.job.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.job.JobStopped;
import dev.tributary.job.StopReason;
import dev.tributary.job.change.Specs;
import dev.tributary.job.source.RawRecord;
import dev.tributary.jobspec.ColumnType;
import dev.tributary.jobspec.JobSpec;
import dev.tributary.jobspec.OnBadRecord;
import dev.tributary.jobspec.OnTruncate;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class TableQuarantineTest {

    private static final JobSpec.Table NOTES =
            Specs.table("notes", List.of(Specs.ID, new JobSpec.Column("body", new ColumnType.Text(), true)), "id");
    private static final long UNKNOWN = -1;

    private final TableQuarantine quarantine = quarantine(OnBadRecord.QUARANTINE, true);

    private static TableQuarantine quarantine(OnBadRecord policy, boolean mayLack) {
        return quarantine(policy, mayLack, NOTES);
    }

    private static TableQuarantine quarantine(OnBadRecord policy, boolean mayLack, JobSpec.Table table) {
        JobSpec spec = Specs.spec("http://clickhouse:8123", new JobSpec.Policies(OnTruncate.STOP, policy), table);
        return new TableQuarantine(
                spec, table, mayLack, record -> record.value.length == 0, new UnregisteredMetricsGroup());
    }

    private static RawRecord record(long id, long offset, String body) {
        return record(id, offset, body, null);
    }

    private static RawRecord record(long id, long offset, String body, Long otherId) {
        return new RawRecord(
                0, 0, offset, utf8("{\"body\":\"" + body + "\"}"), key(id), otherId == null ? null : key(otherId));
    }

    private static byte[] key(long id) {
        return utf8("{\"id\":" + id + "}");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Place at(long offset) {
        return new Place(NOTES.topic(), 0, offset);
    }

    private static JobStopped bad(StopReason reason) {
        return new JobStopped(reason, "the value of column body of table public.notes is bad");
    }

    private void add(long id, long offset, long position) {
        quarantine.add(record(id, offset, "x"), bad(StopReason.VALUE_OUT_OF_RANGE), position);
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "VALUE_OUT_OF_RANGE",
                "NOT_NULL_VIOLATED",
                "MALFORMED_RECORD",
                "NOT_APPEND_ONLY",
                "UNAVAILABLE_VALUE",
                "FOLLOWS_QUARANTINED"
            })
    void whatIsWrongWithASingleRecordIsPutAside(StopReason reason) {
        quarantine.add(record(1, 7, "x"), bad(reason), 70);

        assertThat(quarantine.take().added())
                .singleElement()
                .satisfies(entry -> assertThat(entry.place()).isEqualTo(at(7)))
                .satisfies(entry -> assertThat(entry.position()).isEqualTo(70))
                .satisfies(entry -> assertThat(entry.target()).isEqualTo("notes"))
                .satisfies(entry -> assertThat(entry.why().reason()).isEqualTo(reason));
        assertThat(quarantine.take().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {
                "VALUE_OUT_OF_RANGE",
                "NOT_NULL_VIOLATED",
                "MALFORMED_RECORD",
                "NOT_APPEND_ONLY",
                "UNAVAILABLE_VALUE",
                "FOLLOWS_QUARANTINED"
            })
    void whatIsWrongWithMoreStops(StopReason reason) {
        JobStopped why = bad(reason);

        assertThatThrownBy(() -> quarantine.add(record(1, 7, "x"), why, 70)).isSameAs(why);
    }

    @Test
    void thePolicyMayBeToStop() {
        JobStopped why = bad(StopReason.VALUE_OUT_OF_RANGE);

        assertThatThrownBy(() -> quarantine(OnBadRecord.STOP, true).add(record(1, 7, "x"), why, 70))
                .isSameAs(why);
    }

    @Test
    void moreThanTenThousandAreNotKept() {
        for (int i = 0; i < TableQuarantine.MOST; i++) {
            add(i, i, i);
        }

        assertThatThrownBy(() -> add(1_000_000, 1_000_000, 1))
                .isInstanceOf(JobStopped.class)
                .hasMessageStartingWith("QuarantineFull: 10000 records of table public.notes are in quarantine")
                .hasMessageEndingWith("ValueOutOfRange: the value of column body of table public.notes is bad");
    }

    /** The records of a table without a key have none either, or one that Debezium chose. */
    @Test
    void withoutAKeyNoRecordSettlesAnotherAndATableThatStandsStillWaitsForTruncations() {
        JobSpec.Table log = Specs.table("notes", NOTES.columns());
        TableQuarantine whole = quarantine(OnBadRecord.STOP_TABLE, false, log);
        RawRecord keyless = new RawRecord(0, 0, 9, utf8("{}"), null, null);
        whole.add(record(1, 7, "x"), bad(StopReason.NOT_APPEND_ONLY), 70);

        whole.carried(record(1, 8, "y"), 80);

        assertThat(whole.take().superseded()).isEmpty();
        assertThat(whole.doubt(keyless)).isPresent();
        assertThat(whole.doubt(new RawRecord(0, 0, 10, new byte[0], null, null)))
                .as("a truncation")
                .isEmpty();
    }

    @Test
    void aLaterWholeRecordOfTheKeySettlesIt() {
        add(1, 7, 70);
        add(2, 8, 80);

        quarantine.carried(record(1, 9, "y"), 90);

        assertThat(quarantine.take().superseded()).containsExactly(at(7));
        assertThat(quarantine.doubt(record(1, 10, Specs.PLACEHOLDER))).isEmpty();
        assertThat(quarantine.doubt(record(2, 11, Specs.PLACEHOLDER))).isPresent();
    }

    @Test
    void anOlderRecordThatIsSentAgainSettlesNothing() {
        add(1, 7, 70);
        add(2, 8, UNKNOWN);

        quarantine.carried(record(1, 9, "y"), 69);
        quarantine.carried(record(2, 10, "y"), 1_000_000);

        assertThat(quarantine.take().superseded()).isEmpty();
    }

    @Test
    void whatLeavesValuesAsTheyWereFollows() {
        add(1, 7, 70);

        assertThat(quarantine.doubt(record(1, 8, Specs.PLACEHOLDER))).hasValueSatisfying(why -> assertThat(why)
                .hasMessage("FollowsQuarantined: a record of table public.notes builds on one in quarantine"
                        + " (acme.shop.public.notes-0@8)"));
        assertThat(quarantine.doubt(record(1, 8, "whole"))).isEmpty();
        assertThat(quarantine.doubt(record(2, 8, Specs.PLACEHOLDER))).isEmpty();
    }

    @Test
    void whatMovesTheRowFollows() {
        add(1, 7, 70);

        assertThat(quarantine.doubt(record(1, 8, "deleted", 2L))).isPresent();
        assertThat(quarantine.doubt(record(2, 9, "arrived", 1L))).isPresent();
        assertThat(quarantine.doubt(record(2, 9, "arrived", 3L))).isEmpty();
    }

    @Test
    void whereAllValuesAlwaysComeNothingFollows() {
        TableQuarantine whole = quarantine(OnBadRecord.QUARANTINE, false);
        whole.add(record(1, 7, "x"), bad(StopReason.VALUE_OUT_OF_RANGE), 70);

        assertThat(whole.doubt(record(1, 8, "deleted", 2L))).isEmpty();
    }

    @Test
    void aTruncationSettlesWhatIsOlder() {
        add(1, 7, 70);
        add(2, 8, 80);

        quarantine.truncated(75);

        assertThat(quarantine.take().superseded()).containsExactly(at(7));
    }

    @Test
    void theSameRecordReadAgainIsTheSameEntry() {
        add(1, 7, 70);
        add(1, 7, 70);

        quarantine.carried(record(1, 9, "y"), 90);

        assertThat(quarantine.take().superseded()).containsExactly(at(7));
    }

    @ParameterizedTest
    @EnumSource(names = {"VALUE_OUT_OF_RANGE", "UNKNOWN_COLUMN", "MISSING_COLUMN"})
    void aTableMayStandStillBehindIt(StopReason reason) {
        TableQuarantine still = quarantine(OnBadRecord.STOP_TABLE, false);
        assertThat(still.doubt(record(2, 6, "whole"))).isEmpty();

        still.add(record(1, 7, "x"), bad(reason), 70);

        assertThat(still.doubt(record(2, 8, "whole"))).hasValueSatisfying(why -> assertThat(why)
                .hasMessage("FollowsQuarantined: a record of table public.notes comes after one in quarantine"
                        + " (acme.shop.public.notes-0@8)"));
    }

    @Test
    void aTruncationEndsItsStandingStill() {
        TableQuarantine still = quarantine(OnBadRecord.STOP_TABLE, false);
        still.add(record(1, 7, "x"), bad(StopReason.VALUE_OUT_OF_RANGE), 70);
        assertThat(still.doubt(new RawRecord(0, 0, 8, utf8("{}"))))
                .as("a truncation")
                .isEmpty();

        still.truncated(80);

        assertThat(still.doubt(record(2, 9, "whole"))).isEmpty();
    }
}
