package dev.tributary.bench.job;

import dev.tributary.job.clickhouse.ClickHouseSink;
import dev.tributary.job.source.ChangeSource;
import dev.tributary.job.source.RawRecord;
import dev.tributary.jobspec.JobSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The process that Flink is in: JobManager and TaskManager with two slots, anew for each run, so that the JVM is warm and Flink's CPU
 * time its own. Reads the name of a {@link Way} from standard input, goes it, and writes its {@link Measurement}.
 */
public final class FlinkMain {

    /** Before a measurement; other lines are somebody's log. */
    static final String MEASURED = "MEASURED ";

    private static final int PARALLELISM = 2;
    /** Shorter than most would have it, so that each run has several. */
    private static final String CHECKPOINT_INTERVAL = "2 s";

    private static final int MOST_MINUTES = 5;

    private final JobSpec spec;
    private final Processes processes;
    private final String checkpoints;
    private final List<Long> ends;
    private final ClickHouseHttp clickHouse;
    private final PrebuiltBlocks blocks;

    private FlinkMain(JobSpec spec, Processes processes, String checkpoints, List<Long> ends) {
        this.spec = spec;
        this.processes = processes;
        this.checkpoints = checkpoints;
        this.ends = ends;
        this.clickHouse = new ClickHouseHttp(URI.create(spec.clickhouse().url()));
        this.blocks = new PrebuiltBlocks(spec, clickHouse, PARALLELISM);
    }

    /** @param arguments Kafka, ClickHouse, their processes, the folder of checkpoints, the end of each partition */
    public static void main(String[] arguments) throws Exception {
        JobSpec spec = OrdersTable.spec(arguments[0], arguments[1]);
        Processes processes = new Processes(
                ProcessHandle.current().pid(), Long.parseLong(arguments[2]), Long.parseLong(arguments[3]));
        List<Long> ends = Stream.of(arguments[5].split(",")).map(Long::valueOf).toList();
        FlinkMain flink = new FlinkMain(spec, processes, arguments[4], ends);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            System.out.println(MEASURED + flink.run(Way.valueOf(line)).line());
        }
        System.exit(0);
    }

    private Measurement run(Way way) throws Exception {
        // Flink sends these to its tasks, and not all of this object with them.
        JobSpec sentSpec = spec;
        ClickHouseHttp sentClickHouse = clickHouse;
        return switch (way) {
            case BYTES -> run(BytesSource.of(spec), context -> new DiscardingWriter());
            case PARSE -> run(ChangeSource.of(spec), context -> new ParsingWriter(sentSpec));
            case JOB -> run(ChangeSource.of(spec), new ClickHouseSink(spec));
            case NAIVE -> run(ChangeSource.of(spec), context -> new NaiveWriter(sentClickHouse));
            case BLOCKS -> blocks.insert(total(), processes);
            case KAFKA_ENGINE -> throw new IllegalArgumentException("Flink has no part in it");
        };
    }

    private long total() {
        return ends.stream().mapToLong(Long::longValue).sum();
    }

    private Measurement run(KafkaSource<RawRecord> source, Sink<RawRecord> sink)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        Run run = Run.begin(total(), ends.size(), processes);
        Configuration configuration = new Configuration();
        configuration.setString("execution.checkpointing.interval", CHECKPOINT_INTERVAL);
        configuration.setString("execution.checkpointing.dir", checkpoints);
        // A restart would show as a slow run.
        configuration.setString("restart-strategy.type", "none");
        configuration.setString("pipeline.object-reuse", "true");
        configuration.setString("rest.port", "0");
        configuration.setString("rest.address", "127.0.0.1");
        configuration.setString("taskmanager.memory.managed.size", "0m");
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(PARALLELISM, configuration);
        environment
                .fromSource(source, WatermarkStrategy.noWatermarks(), "changes")
                .sinkTo(new WatchedSink(sink, ends));
        try (environment) {
            JobClient job = environment.executeAsync("bench");
            CompletableFuture<?> ended = job.getJobExecutionResult();
            CompletableFuture.anyOf(run.done(), ended).get(MOST_MINUTES, TimeUnit.MINUTES);
            job.cancel().get(1, TimeUnit.MINUTES);
            ended.handle((result, cancelled) -> result).get(1, TimeUnit.MINUTES);
            return run.done().get(0, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IOException("the job failed", e);
        }
    }
}
