package dev.tributary.job.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.job.json.JsonCursor;
import dev.tributary.job.json.UnreadableValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SourceReaderTest {

    private static final List<String> NAMES =
            List.of("version", "ts_ms", "snapshot", "sequence", "ts_us", "table", "lsn", "xmin");
    private static final List<String> VALUES = List.of(
            "\"3.6.1\"",
            "\"a \\\"b\\\" }\"",
            "\"[\\\"1\\\",\\\"22\\\"]\"",
            "null",
            "true",
            "-7",
            "1.5",
            "{\"lsn\":3}",
            "[1,{}]");

    /** What one block gave, and where the cursor stood after it. */
    private record Read(long lsn, long timeMillis, int position) {}

    @Property(tries = 1000)
    void blocksBeforeChangeNothingOfWhatIsRead(@ForAll long seed, @ForAll @IntRange(min = 2, max = 12) int blocks) {
        // Given
        Random random = new Random(seed);
        JsonCursor in = new JsonCursor();
        SourceReader reader = new SourceReader(in);
        List<String> names = new ArrayList<>(NAMES);
        String block = block(names, random);

        for (int i = 0; i < blocks; i++) {
            // When
            Read read = read(reader, in, block);

            // Then
            JsonCursor anew = new JsonCursor();
            assertThat(read).as(block).isEqualTo(read(new SourceReader(anew), anew, block));
            block = next(block, names, random);
        }
    }

    private static Read read(SourceReader reader, JsonCursor in, String block) {
        in.open((block + ",\"op\"").getBytes(StandardCharsets.UTF_8));
        reader.reset();
        reader.read();
        return new Read(reader.lsn(), reader.timeMillis(), in.position());
    }

    /** Most of the time the same block with other numbers, as Debezium writes them; at times any other. */
    private static String next(String block, List<String> names, Random random) {
        if (random.nextInt(4) > 0) {
            return block.replaceAll("(?<=:)\\d+(?=[,}])", Long.toString(random.nextInt(1_000_000)));
        }
        Collections.shuffle(names, random);
        return block(names, random);
    }

    private static String block(List<String> names, Random random) {
        List<String> members = new ArrayList<>();
        for (String name : names.subList(0, random.nextInt(names.size() + 1))) {
            String space = random.nextInt(8) == 0 ? " " : "";
            members.add("\"" + name + "\":" + space + value(name, random));
        }
        return "{" + String.join(",", members) + "}";
    }

    private static String value(String name, Random random) {
        boolean number = name.equals("ts_ms") || random.nextBoolean();
        if (name.equals("lsn") && !number) {
            return "null";
        }
        return number ? Long.toString(random.nextLong() >>> 1) : VALUES.get(random.nextInt(VALUES.size()));
    }

    @Test
    void aNumberThatIsNoneIsToldAfterManyThatWere() {
        // Given
        JsonCursor in = new JsonCursor();
        SourceReader reader = new SourceReader(in);
        read(reader, in, "{\"ts_ms\":5,\"lsn\":6}");
        read(reader, in, "{\"ts_ms\":7,\"lsn\":8}");

        // When / Then
        assertThatThrownBy(() -> read(reader, in, "{\"ts_ms\":\"9\",\"lsn\":8}"))
                .isInstanceOf(UnreadableValue.class);
    }
}
