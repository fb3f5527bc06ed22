package dev.tributary.job.clickhouse;

import dev.tributary.job.JobStopped;
import dev.tributary.job.StopReason;
import dev.tributary.job.quarantine.Place;
import dev.tributary.job.quarantine.Waiting;
import dev.tributary.job.source.RawRecord;
import dev.tributary.jobspec.JobSpec;
import dev.tributary.jobspec.QuarantineState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a writer does before its first record: it learns what was truncated and what is in quarantine, and carries of that
 * what it can by now. With a new JobSpec that may be all; with the old one it is nothing.
 *
 * <p>Each subtask does all of it. Twice does no harm, and none has to wait for another.
 */
final class Opening {

    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

    private final JobSpec spec;
    private final List<TableWriter> tables;
    private final ClickHouseInserter inserter;
    private final JobDatabase database;
    private final long bytesAtOnce;
    private final Map<String, Integer> byTopic = new HashMap<>();
    private final List<Place> carried = new ArrayList<>();

    /** @param bytesAtOnce about as much is read of the quarantine, and filled in, at once */
    Opening(
            JobSpec spec,
            List<TableWriter> tables,
            ClickHouseInserter inserter,
            JobDatabase database,
            long bytesAtOnce) {
        this.spec = spec;
        this.tables = tables;
        this.inserter = inserter;
        this.database = database;
        this.bytesAtOnce = bytesAtOnce;
    }

    void run() throws InterruptedException {
        for (int i = 0; i < tables.size(); i++) {
            byTopic.put(tables.get(i).topic(), i);
        }
        Map<String, Long> floors = database.floors();
        tables.forEach(table -> table.startAbove(floors.getOrDefault(table.target(), 0L)));
        List<Waiting> page = database.waiting(null);
        while (!page.isEmpty()) {
            List<Waiting> ours = page.stream()
                    .filter(entry -> byTopic.containsKey(entry.place().topic()))
                    .toList();
            for (int from = 0; from < ours.size(); ) {
                int to = endOfPiece(ours, from);
                redrive(ours.subList(from, to));
                from = to;
            }
            page = database.waiting(page.get(page.size() - 1));
        }
    }

    private TableWriter table(Waiting entry) {
        return tables.get(byTopic.getOrDefault(entry.place().topic(), -1));
    }

    private int endOfPiece(List<Waiting> waiting, int from) {
        long bytes = 0;
        int to = from;
        while (to < waiting.size() && (to == from || bytes + waiting.get(to).size() <= bytesAtOnce)) {
            bytes += waiting.get(to++).size();
        }
        return to;
    }

    private void redrive(List<Waiting> piece) throws InterruptedException {
        Map<Place, RawRecord> records =
                database.records(piece.stream().map(Waiting::place).toList(), byTopic);
        for (Waiting entry : piece) {
            RawRecord record = records.get(entry.place());
            if (record != null) {
                redrive(entry, record);
            }
        }
        insert();
        LOG.info(
                "{}/{}: looked at {} records in quarantine, {} could be carried",
                spec.tenant(),
                spec.pipeline(),
                piece.size(),
                carried.size());
        database.settle(carried, QuarantineState.REDRIVEN);
        carried.clear();
    }

    private void redrive(Waiting entry, RawRecord record) throws InterruptedException {
        TableWriter table = table(entry);
        boolean alone = table.buildsOnRowBefore(record);
        if (alone) {
            insert();
        }
        Optional<JobStopped> refused = table.redrive(entry, record);
        if (refused.isEmpty() && alone) {
            refused = insertAlone();
            refused.ifPresent(reason -> table.remember(entry));
        }
        if (refused.isEmpty()) {
            carried.add(entry.place());
        }
    }

    private Optional<JobStopped> insertAlone() throws InterruptedException {
        try {
            insert();
            return Optional.empty();
        } catch (JobStopped e) {
            if (e.reason() != StopReason.UNAVAILABLE_VALUE) {
                throw e;
            }
            return Optional.of(e);
        }
    }

    private void insert() throws InterruptedException {
        for (TableWriter table : tables) {
            if (table.rows() > 0) {
                table.insert(table.take(), inserter, Long.MAX_VALUE, bytesAtOnce);
            }
        }
    }
}
