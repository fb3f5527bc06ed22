package dev.tributary.job.change;

import dev.tributary.job.json.JsonCursor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads of an event's {@code source} the two members that matter. The block is half of a small event, and that of the
 * table's next event is the same but for its numbers and its {@code sequence}: what stands between those is compared at
 * once with an earlier block, and only one that differs is read member by member.
 */
final class SourceReader {

    /** What a member that the block does not have is. */
    static final long ABSENT = Long.MIN_VALUE;

    private static final byte[] LSN = ascii("lsn");
    private static final byte[] TS_MS = ascii("ts_ms");
    private static final byte[] SEQUENCE = ascii("sequence");

    private enum Kind {
        LSN,
        TIME,
        OTHER_NUMBER,
        STRING,
        SAME_EACH_TIME
    }

    /** What may differ from the model, and where it stands there. */
    private record Value(Kind kind, int from, int to) {}

    private final JsonCursor in;

    /** The block that was last read member by member, from its first brace to its last. */
    private byte[] model = new byte[0];

    private Value[] values = {};
    private long lsn = ABSENT;
    private long timeMillis = ABSENT;

    SourceReader(JsonCursor in) {
        this.in = in;
    }

    /** The position of the change, or {@link #ABSENT}. */
    long lsn() {
        return lsn;
    }

    /** When the change was committed, in milliseconds since 1970, or {@link #ABSENT}. */
    long timeMillis() {
        return timeMillis;
    }

    /** Forgets what was read. */
    void reset() {
        lsn = ABSENT;
        timeMillis = ABSENT;
    }

    /** Reads one block. */
    void read() {
        in.peek();
        int start = in.position();
        if (model.length == 0 || !readAsModel()) {
            in.seek(start);
            reset();
            readMembers(start);
        }
    }

    private boolean readAsModel() {
        int from = 0;
        for (Value value : values) {
            if (!in.takeBytes(model, from, value.from) || !readValue(value.kind)) {
                return false;
            }
            from = value.to;
        }
        return in.takeBytes(model, from, model.length);
    }

    private boolean readValue(Kind kind) {
        return switch (kind) {
            case LSN -> {
                boolean present = in.peek() != 'n';
                lsn = present ? in.readLong() : ABSENT;
                yield present;
            }
            case TIME -> {
                timeMillis = in.readLong();
                yield true;
            }
            case OTHER_NUMBER -> in.takeDigits();
            case STRING -> in.takeString();
            case SAME_EACH_TIME -> true;
        };
    }

    private void readMembers(int start) {
        List<Value> found = new ArrayList<>();
        in.expect('{');
        if (!in.take('}')) {
            do {
                in.readName();
                in.peek();
                int from = in.position();
                Kind kind = readMember();
                if (kind != Kind.SAME_EACH_TIME) {
                    found.add(new Value(kind, from - start, in.position() - start));
                }
            } while (in.take(','));
            in.expect('}');
        }
        model = in.copy(start, in.position());
        values = found.toArray(Value[]::new);
    }

    private Kind readMember() {
        if (in.textIs(LSN) && in.peek() != 'n') {
            lsn = in.readLong();
            return Kind.LSN;
        }
        if (in.textIs(TS_MS)) {
            timeMillis = in.readLong();
            return Kind.TIME;
        }
        if (in.textIs(SEQUENCE) && in.takeString()) {
            return Kind.STRING;
        }
        int from = in.position();
        if (in.takeDigits() && (in.peek() == ',' || in.peek() == '}')) {
            return Kind.OTHER_NUMBER;
        }
        in.seek(from);
        in.skipValue();
        return Kind.SAME_EACH_TIME;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
