package dev.tributary.bench;

import dev.tributary.scenarios.ClickHouseQueries;
import java.util.stream.Stream;

/**
 * What ClickHouse has had to do since it began.
 *
 * @param parts that inserts made
 * @param merges of parts
 * @param insertMicros spent in inserts
 * @param cpuWaitMicros its threads were ready to run and had no CPU: other work's doing, or its own
 */
record SinkWork(long parts, long merges, long insertMicros, long cpuWaitMicros) {

    static SinkWork read(ClickHouseQueries clickHouse) {
        long[] counts = Stream.of(clickHouse
                        .ask("SELECT sumIf(value, event = 'MergeTreeDataWriterBlocks'), sumIf(value, event = 'Merge'),"
                                + " sumIf(value, event = 'InsertQueryTimeMicroseconds'),"
                                + " sumIf(value, event = 'OSCPUWaitMicroseconds') FROM system.events")
                        .split("\t"))
                .mapToLong(Long::parseLong)
                .toArray();
        return new SinkWork(counts[0], counts[1], counts[2], counts[3]);
    }

    SinkWork minus(SinkWork earlier) {
        return new SinkWork(
                parts - earlier.parts,
                merges - earlier.merges,
                insertMicros - earlier.insertMicros,
                cpuWaitMicros - earlier.cpuWaitMicros);
    }
}
