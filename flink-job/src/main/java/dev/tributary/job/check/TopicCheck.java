package dev.tributary.job.check;

import dev.tributary.job.Finding;
import dev.tributary.jobspec.JobSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether the topics are there and readable, with all records since the epoch began. */
final class TopicCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private TopicCheck() {}

    static List<Finding> of(JobSpec spec) {
        String servers = spec.kafka().bootstrapServers();
        List<String> topics = spec.tables().stream().map(JobSpec.Table::topic).toList();
        try (Brokers brokers = new Brokers(servers, PATIENCE)) {
            List<Finding> findings = new ArrayList<>();
            Map<String, TopicState> states = brokers.topics(topics);
            findings.add(new Finding.Fine("Kafka " + servers));
            findings.addAll(of(spec, states));
            return findings;
        } catch (Brokers.Unreachable e) {
            return List.of(new Finding.Wrong(
                    "Kafka " + servers, "no answer (" + e.getMessage() + "): check address and network"));
        }
    }

    /** @param states of all the spec's topics */
    static List<Finding> of(JobSpec spec, Map<String, TopicState> states) {
        List<Finding> findings = new ArrayList<>();
        for (JobSpec.Table table : spec.tables()) {
            TopicState state = states.getOrDefault(table.topic(), new TopicState.Missing());
            List<Finding> wrong = wrong(table, state);
            findings.addAll(wrong);
            if (wrong.isEmpty() && state instanceof TopicState.Present present) {
                findings.add(new Finding.Fine(
                        what(table) + ", partitions: " + present.partitions().size()));
            }
        }
        return findings;
    }

    private static List<Finding> wrong(JobSpec.Table table, TopicState state) {
        if (state instanceof TopicState.Refused refused) {
            return List.of(new Finding.Wrong(what(table), "Kafka says " + refused.error()));
        }
        if (!(state instanceof TopicState.Present present)) {
            return List.of(new Finding.Wrong(
                    what(table), "is not there: it is made with the pipeline, look at its condition KafkaReady"));
        }
        if (!present.readable()) {
            return List.of(new Finding.Wrong(what(table), "may not be read: the ACL Read is missing"));
        }
        List<Finding> wrong = new ArrayList<>();
        List<TopicState.Range> ranges = present.partitions();
        for (int partition = 0; partition < ranges.size(); partition++) {
            List<Long> starts = table.startOffsets();
            long start = partition < starts.size() ? starts.get(partition) : 0;
            wrong(table, partition, start, ranges.get(partition), wrong);
        }
        if (table.startOffsets().size() > ranges.size()) {
            wrong.add(new Finding.Wrong(
                    what(table),
                    "has " + ranges.size() + " partitions, the spec has start offsets for "
                            + table.startOffsets().size() + ": the topic was made anew"));
        }
        return wrong;
    }

    private static void wrong(
            JobSpec.Table table, int partition, long start, TopicState.Range range, List<Finding> wrong) {
        String what = what(table) + " partition " + partition;
        if (range.first() > start) {
            wrong.add(new Finding.Wrong(
                    what,
                    "begins at offset " + range.first() + ", the epoch at " + start
                            + ": a first start would stop with OffsetsExpired; the tables have to be read again"));
        } else if (range.end() < start) {
            wrong.add(new Finding.Wrong(
                    what,
                    "ends at offset " + range.end() + ", the epoch begins at " + start
                            + ": the topic was made anew; the tables have to be read again"));
        }
    }

    private static String what(JobSpec.Table table) {
        return "topic " + table.topic();
    }
}
