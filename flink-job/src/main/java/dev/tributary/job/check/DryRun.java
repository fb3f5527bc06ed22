package dev.tributary.job.check;

import dev.tributary.job.Finding;
import dev.tributary.job.clickhouse.TargetCheck;
import dev.tributary.jobspec.JobSpec;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks Kafka and ClickHouse whether all that a job needs is there. Reads only, each question with a time-out. */
public final class DryRun {

    private DryRun() {}

    /** Prints a line for each check; returns whether all is well. */
    public static boolean of(JobSpec spec, Map<String, String> environment, PrintStream out) {
        List<Finding> findings = new ArrayList<>();
        if (hasLogging()) {
            findings.addAll(TopicCheck.of(spec));
            findings.addAll(TargetCheck.of(spec, environment));
        } else {
            findings.add(new Finding.Wrong(
                    "class path",
                    "put the jars of flink/lib on it, whose logging the clients use: java -cp"
                            + " '/opt/flink/lib/*:tributary-flink-job.jar' dev.tributary.job.Main"));
        }
        findings.forEach(finding -> out.println(finding.line()));
        return findings.stream().allMatch(Finding.Fine.class::isInstance);
    }

    /** It comes with Flink, not with the jar. */
    private static boolean hasLogging() {
        try {
            Class.forName("org.slf4j.LoggerFactory");
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
