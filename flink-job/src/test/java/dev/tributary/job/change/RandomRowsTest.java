package dev.tributary.job.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.job.JobStopped;
import dev.tributary.job.source.RawRecord;
import dev.tributary.jobspec.ColumnType;
import dev.tributary.jobspec.ConvertedType;
import dev.tributary.jobspec.JobSpec;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever rows a table of whatever columns has: what is decoded from the block is what was in the records. */
class RandomRowsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long FIRST_DAY = LocalDate.of(1900, 1, 1).toEpochDay();
    private static final long LAST_DAY = LocalDate.of(2299, 12, 31).toEpochDay();

    /** A value as Debezium's converter has it, and as ClickHouse has it. */
    private record Sample(Object sent, Object stored) {}

    @Property(tries = 500)
    void blocksHoldWhatRecordsHeld(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int rows) throws Exception {
        Random random = new Random(seed);
        List<JobSpec.Column> columns = columns(random);
        TableLayout layout = Specs.layout(Specs.table("t", columns, "id"));
        Batch batch = new Batch(layout);
        ChangeReader reader = new ChangeReader(layout);
        List<Map<String, Object>> expected = new ArrayList<>();

        for (int row = 0; row < rows; row++) {
            Map<String, Object> sent = new LinkedHashMap<>();
            Map<String, Object> stored = new LinkedHashMap<>();
            fill(columns, row, random, sent, stored);
            String event = Specs.event("c", "null", shuffled(sent, random), row);
            reader.read(new RawRecord(0, 0, row, event.getBytes(StandardCharsets.UTF_8)), batch);
            expected.add(stored);
        }

        List<Map<String, Object>> actual = NativeBlock.rows(batch);
        actual.forEach(row -> row.keySet().removeIf(name -> name.startsWith("_")));
        assertThat(actual).isEqualTo(expected);
    }

    @Property(tries = 500)
    void aRowThatIsGivenUpLeavesNothing(@ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int rows)
            throws Exception {
        Random random = new Random(seed);
        List<JobSpec.Column> columns = columns(random);
        TableLayout layout = Specs.layout(Specs.table("t", columns, "id"));
        ChangeReader reader = new ChangeReader(layout);
        Batch good = new Batch(layout);
        Batch batch = new Batch(layout);

        for (int row = 0; row < rows; row++) {
            Map<String, Object> sent = new LinkedHashMap<>();
            fill(columns, row, random, sent, new LinkedHashMap<>());
            String event = Specs.event("c", "null", shuffled(sent, random), row);
            if (random.nextBoolean()) {
                byte[] cut = event.substring(0, random.nextInt(event.length())).getBytes(StandardCharsets.UTF_8);
                assertThatThrownBy(() -> reader.read(new RawRecord(0, 0, 0, cut), batch))
                        .isInstanceOf(JobStopped.class);
                batch.abandonRow();
            }
            RawRecord whole = new RawRecord(0, 0, row, event.getBytes(StandardCharsets.UTF_8));
            reader.read(whole, good);
            reader.read(whole, batch);
        }

        assertThat(batch.digest()).isEqualTo(good.digest());
    }

    private static List<JobSpec.Column> columns(Random random) {
        List<JobSpec.Column> columns = new ArrayList<>();
        columns.add(Specs.ID);
        int count = random.nextInt(12);
        for (int i = 0; i < count; i++) {
            ColumnType type = type(random);
            boolean array = random.nextInt(4) == 0;
            array &= !(type instanceof ConvertedType);
            columns.add(new JobSpec.Column(
                    name(random) + i, array ? new ColumnType.Array(type) : type, !array && random.nextBoolean()));
        }
        return columns;
    }

    private static String name(Random random) {
        String[] names = {"a", "Ä b", "quo\"te", "back\\slash", "tick`", "tab\t", "😀", ""};
        return names[random.nextInt(names.length)];
    }

    private static ColumnType type(Random random) {
        int precision = 1 + random.nextInt(76);
        ColumnType[] types = {
            new ColumnType.Int(16),
            new ColumnType.Int(32),
            new ColumnType.Int(64),
            new ColumnType.Float(32),
            new ColumnType.Float(64),
            new ColumnType.Decimal(precision, random.nextInt(precision + 1)),
            new ColumnType.Text(),
            new ColumnType.Bool(),
            new ColumnType.Timestamp(),
            new ColumnType.ZonedTimestamp(),
            new ColumnType.Date(),
            new ColumnType.Uuid(),
            new ConvertedType.LowCardinality(new ColumnType.Text()),
            new ConvertedType.AsText(new ColumnType.Int(64)),
            new ConvertedType.AsFloat64(new ColumnType.Float(32)),
            new ConvertedType.AsFloat64(new ColumnType.NumericText()),
            new ConvertedType.Rounded(precision, random.nextInt(precision + 1)),
            new ConvertedType.InZone("Europe/Berlin"),
            new ConvertedType.Json()
        };
        return types[random.nextInt(types.length)];
    }

    private static void fill(
            List<JobSpec.Column> columns,
            int row,
            Random random,
            Map<String, Object> sent,
            Map<String, Object> stored) {
        for (JobSpec.Column column : columns) {
            Sample sample = column.equals(Specs.ID) ? new Sample(row, (long) row) : sample(column, random);
            sent.put(column.name(), sample.sent());
            stored.put(column.name(), sample.stored());
        }
    }

    private static Sample sample(JobSpec.Column column, Random random) {
        if (column.nullable() && random.nextInt(4) == 0) {
            return new Sample(null, null);
        }
        if (column.type() instanceof ColumnType.Array array) {
            List<Object> sent = new ArrayList<>();
            List<Object> stored = new ArrayList<>();
            int length = random.nextInt(5);
            for (int i = 0; i < length; i++) {
                Sample element = sample(new JobSpec.Column("", array.element(), true), random);
                sent.add(element.sent());
                stored.add(element.stored());
            }
            return new Sample(json(sent), stored);
        }
        return sample(column.type(), random);
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Sample converted(ConvertedType type, Random random) {
        if (type instanceof ConvertedType.AsText) {
            long value = random.nextLong();
            return new Sample(value, Long.toString(value));
        }
        if (type instanceof ConvertedType.AsFloat64 real) {
            if (real.value() instanceof ColumnType.Float) {
                float value = Float.intBitsToFloat(random.nextInt());
                return new Sample(value, (double) value);
            }
            BigDecimal value = new BigDecimal(new BigInteger(200, random), random.nextInt(100));
            return new Sample(value.toString(), value.doubleValue());
        }
        if (type instanceof ConvertedType.Rounded decimal) {
            BigInteger limit = BigInteger.TEN.pow(decimal.precision()).subtract(BigInteger.ONE);
            BigDecimal kept = new BigDecimal(new BigInteger(256, random).mod(limit), decimal.scale());
            BigDecimal value = kept.add(new BigDecimal(BigInteger.valueOf(random.nextInt(1000)), decimal.scale() + 3));
            return new Sample(value.toPlainString(), value.setScale(decimal.scale(), RoundingMode.HALF_UP));
        }
        if (type instanceof ConvertedType.Json) {
            String object = "{\"" + random.nextInt(100) + "\": [" + random.nextLong() + "]}";
            return new Sample(object, object);
        }
        return type instanceof ConvertedType.InZone
                ? sample(new ColumnType.ZonedTimestamp(), random)
                : sample(new ColumnType.Text(), random);
    }

    private static Sample sample(ColumnType type, Random random) {
        if (type instanceof ConvertedType converted) {
            return converted(converted, random);
        }
        if (type instanceof ColumnType.Int integer) {
            long value = random.nextLong() >> (64 - integer.bits() + random.nextInt(integer.bits()));
            return new Sample(value, value);
        }
        if (type instanceof ColumnType.Float real) {
            if (real.bits() == 32) {
                float value = Float.intBitsToFloat(random.nextInt());
                return new Sample(value, value);
            }
            double value = random.nextBoolean()
                    ? Double.longBitsToDouble(random.nextLong())
                    : random.nextInt(2_000_000) / 1000.0 - 1000;
            return new Sample(value, value);
        }
        if (type instanceof ColumnType.Decimal decimal) {
            BigInteger limit = BigInteger.TEN.pow(1 + random.nextInt(decimal.precision()));
            BigInteger unscaled = new BigInteger(256, random).mod(limit);
            BigDecimal value = new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), decimal.scale());
            return new Sample(value.toPlainString(), value);
        }
        if (type instanceof ColumnType.Text) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(30);
            for (int i = 0; i < length; i++) {
                int code = random.nextInt(random.nextBoolean() ? 0x80 : 0x110000);
                text.appendCodePoint(code >= 0xD800 && code <= 0xDFFF ? '"' : code);
            }
            return new Sample(text.toString(), text.toString());
        }
        if (type instanceof ColumnType.Bool) {
            boolean value = random.nextBoolean();
            return new Sample(value, value);
        }
        if (type instanceof ColumnType.Uuid) {
            UUID value = new UUID(random.nextLong(), random.nextLong());
            return new Sample(value.toString(), value);
        }
        long day = FIRST_DAY + random.nextLong(LAST_DAY - FIRST_DAY + 1);
        if (type instanceof ColumnType.Date) {
            return new Sample(day, day);
        }
        long micros = day * 86_400_000_000L + random.nextLong(86_400_000_000L);
        if (type instanceof ColumnType.Timestamp) {
            return new Sample(micros, micros);
        }
        OffsetDateTime zoned = OffsetDateTime.of(
                LocalDate.ofEpochDay(day).atStartOfDay().plusNanos(Math.floorMod(micros, 86_400_000_000L) * 1000),
                ZoneOffset.UTC);
        ZoneOffset offset = ZoneOffset.ofTotalSeconds(random.nextInt(2 * 64_800) - 64_800);
        return new Sample(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(zoned.withOffsetSameInstant(offset)), micros);
    }

    private static String shuffled(Map<String, Object> row, Random random) throws JsonProcessingException {
        if (random.nextInt(4) > 0) {
            return JSON.writeValueAsString(row);
        }
        List<String> names = new ArrayList<>(row.keySet());
        Collections.shuffle(names, random);
        Map<String, Object> shuffled = new LinkedHashMap<>();
        names.forEach(name -> shuffled.put(name, row.get(name)));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(shuffled);
    }
}
