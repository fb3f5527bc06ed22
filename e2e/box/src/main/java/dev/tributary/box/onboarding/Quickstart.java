package dev.tributary.box.onboarding;

import dev.tributary.box.cache.Progress;
import dev.tributary.box.clickhouse.ClickHouseServer;
import dev.tributary.box.controlplane.KubernetesAccess;
import dev.tributary.box.furnishing.Applied;
import dev.tributary.box.layout.BoxLayout;
import dev.tributary.box.layout.Identity;
import dev.tributary.box.layout.Passwords;
import dev.tributary.box.postgresql.PostgresAccess;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The sample {@code samples/quickstart}: fills the client's database, applies the YAML, waits until the rows are there.
 * All of it may be done again and again.
 *
 * @param layout of a running box
 */
public record Quickstart(BoxLayout layout) {

    private static final Duration READY_WITHIN = Duration.ofMinutes(5);
    /** A first look may be at references that are only just being made. */
    private static final Duration STALLED_FOR = Duration.ofSeconds(20);

    private static final Duration EQUAL_WITHIN = Duration.ofMinutes(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    /**
     * Onboards the sample.
     *
     * @return a table of row counts at source and sink, for people
     * @throws IOException when it did not get ready in time; the message has what the operator says about it
     */
    public List<String> onboard(Progress progress) throws IOException, InterruptedException {
        Path sample = layout.checkout().sample("quickstart");
        fill(sample.resolve("seed.sql"), progress);
        List<PipelineView> pipelines = new ArrayList<>();
        try (KubernetesClient admin = KubernetesAccess.connect(layout, Identity.ADMIN)) {
            for (Path file : yamlFiles(sample)) {
                for (HasMetadata item : new Applied(admin).yaml(Files.readString(file))) {
                    if (item.getKind().equals("TenantPipeline")) {
                        pipelines.add(awaitReady(admin, item, progress));
                    }
                }
            }
        }
        return compare(pipelines, progress);
    }

    private static List<Path> yamlFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    /** As the user of the database, who so owns the tables. Once: the script is no script for a full database. */
    private void fill(Path script, Progress progress) throws IOException {
        try (Connection connection = shop();
                Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("SELECT to_regclass('public.customers') IS NOT NULL")) {
                if (row.next() && row.getBoolean(1)) {
                    return;
                }
            }
            progress.show("filling the sample client's database");
            connection.setAutoCommit(false);
            statement.execute(Files.readString(script));
            connection.commit();
        } catch (SQLException e) {
            throw new IOException("cannot fill the sample client's database with " + script + ": " + e.getMessage(), e);
        }
    }

    private Connection shop() throws SQLException, IOException {
        return new PostgresAccess(layout, "shop", Passwords.of(layout).shop()).connect("shop");
    }

    private static PipelineView awaitReady(KubernetesClient admin, HasMetadata pipeline, Progress progress)
            throws IOException, InterruptedException {
        Instant until = Instant.now().plus(READY_WITHIN);
        PipelineView view = PipelineView.read(admin, pipeline);
        Instant stalledFrom = Instant.MAX;
        while (!view.isReady()) {
            Instant now = Instant.now();
            stalledFrom = !view.isStalled() ? Instant.MAX : stalledFrom.equals(Instant.MAX) ? now : stalledFrom;
            if (now.isAfter(until) || stalledFrom.isBefore(now.minus(STALLED_FOR))) {
                throw new IOException(view.name() + " does not get Ready: " + view.says()
                        + "\nLook at it with ./tributary kubectl describe tenantpipeline -n " + view.namespace() + " "
                        + view.name());
            }
            progress.show("onboarding " + view.name() + ": " + view.says());
            pause();
            view = PipelineView.read(admin, pipeline);
        }
        return view;
    }

    private List<String> compare(List<PipelineView> pipelines, Progress progress)
            throws IOException, InterruptedException {
        SinkCounts sink = new SinkCounts(
                layout.clickHouseUrl(),
                ClickHouseServer.ADMIN,
                Passwords.of(layout).clickHouse());
        List<String> table = new ArrayList<>();
        table.add("");
        table.add("%-32s %12s %12s".formatted("TABLE", "POSTGRESQL", "CLICKHOUSE"));
        for (PipelineView pipeline : pipelines) {
            for (PipelineView.Table copied : pipeline.tables()) {
                table.add(awaitEqual(pipeline, copied, sink, progress));
            }
        }
        return table;
    }

    private String awaitEqual(PipelineView pipeline, PipelineView.Table table, SinkCounts sink, Progress progress)
            throws IOException, InterruptedException {
        Instant until = Instant.now().plus(EQUAL_WITHIN);
        while (true) {
            long here = sourceRows(table);
            long there = sink.rows(pipeline.database(), table.target());
            String line = "%-32s %12d %12d".formatted(pipeline.database() + "." + table.target(), here, there);
            if (here == there) {
                return line;
            }
            if (Instant.now().isAfter(until)) {
                throw new IOException("The rows did not all arrive within " + EQUAL_WITHIN.toMinutes()
                        + " minutes (source, sink): " + line.strip());
            }
            progress.show("copying " + line);
            pause();
        }
    }

    private long sourceRows(PipelineView.Table table) throws IOException {
        try (Connection connection = shop();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM "
                        + statement.enquoteIdentifier(table.schema(), true) + "."
                        + statement.enquoteIdentifier(table.name(), true))) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IOException("cannot count the rows of " + table.name() + ": " + e.getMessage(), e);
        }
    }

    /** Nobody counts down: this is how long we wait before we look again. */
    private static void pause() throws InterruptedException {
        new CountDownLatch(1).await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    }
}
