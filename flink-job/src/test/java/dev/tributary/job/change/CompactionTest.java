package dev.tributary.job.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.job.source.RawRecord;
import dev.tributary.jobspec.ColumnType;
import dev.tributary.jobspec.JobSpec;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A batch keeps one row per key, whatever the key is made of and however many there are. */
class CompactionTest {

    private static final List<JobSpec.Column> COLUMNS = List.of(
            new JobSpec.Column("a", new ColumnType.Text(), false),
            new JobSpec.Column("v", new ColumnType.Int(64), true),
            new JobSpec.Column("tags", new ColumnType.Array(new ColumnType.Text()), false),
            new JobSpec.Column("b", new ColumnType.Decimal(20, 2), false));

    @Property(tries = 30)
    void aBatchKeepsTheHighestPositionOfEachKey(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 4000) int rows,
            @ForAll @IntRange(min = 1, max = 3000) int keys) {
        Random random = new Random(seed);
        TableLayout layout = Specs.layout(Specs.table("t", COLUMNS, "b", "a"));
        Batch batch = new Batch(layout);
        ChangeReader reader = new ChangeReader(layout);
        Map<String, long[]> newest = new HashMap<>();
        // The second round uses the batch again.
        for (int round = 0; round < 2; round++) {
            batch.clear();
            newest.clear();
            for (int row = 0; row < rows; row++) {
                int key = random.nextInt(keys);
                String a = "k" + key % 50;
                String b = key / 50 + ".25";
                long lsn = random.nextInt(1000);
                String after = "{\"a\":\"" + a + "\",\"v\":" + row + ",\"tags\":\"[\\\"" + a + "\\\",null]\",\"b\":\""
                        + b + "\"}";
                byte[] event = Specs.event("u", "null", after, lsn).getBytes(StandardCharsets.UTF_8);
                reader.read(new RawRecord(0, 0, row, event), batch);
                newest.merge(a + "/" + b, new long[] {lsn, row}, (old, young) -> old[0] > young[0] ? old : young);
            }
        }

        List<Map<String, Object>> kept = NativeBlock.rows(batch);

        assertThat(batch.liveRows()).isEqualTo(newest.size());
        assertThat(kept).hasSameSizeAs(newest.keySet());
        assertThat(kept).allSatisfy(row -> {
            assertThat(row.get("v")).isEqualTo(newest.get(row.get("a") + "/" + row.get("b"))[1]);
            assertThat(row.get("tags"))
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                    .hasSize(2)
                    .startsWith(row.get("a"));
        });
    }
}
