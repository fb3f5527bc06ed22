package dev.tributary.box.cli;

import dev.tributary.box.layout.BoxLayout;
import dev.tributary.box.onboarding.Quickstart;
import dev.tributary.box.prometheus.PrometheusServer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "up", description = "Starts the box, onboards samples/quickstart, waits until its rows are queryable.")
final class Up implements Callable<Integer> {

    @Option(
            names = "--monitoring",
            description = "With Prometheus, which judges by the chart's alerts; built on first use, some minutes.")
    private boolean monitoring;

    private final UpBox up = UpBox.ofLauncher();
    private final Terminal terminal = new Terminal();

    @Override
    public Integer call() throws Exception {
        Optional<BoxSnapshot> there = up.snapshot();
        if (there.isPresent() && there.get().phase() == BoxSnapshot.Phase.STARTING) {
            throw new Failure(
                    "another ./tributary up is starting the box just now; ./tributary status shows how far it is");
        }
        if (monitoring && there.isPresent() && there.get().parts().stream().noneMatch(Up::isPrometheus)) {
            throw new Failure(
                    "the box runs without monitoring: ./tributary down, then ./tributary up --monitoring; its data stays");
        }
        BoxSnapshot box = there.isPresent()
                ? there.get()
                : new Background(up, terminal).start(monitoring ? List.of("--monitoring") : List.of());
        terminal.print("The box is at " + box.address() + ", its state in " + up.folder());
        BoxLayout layout = new BoxLayout(up.folder(), box.address(), up.checkout());
        new Quickstart(layout).onboard(terminal).forEach(terminal::print);
        printPipelines(up, layout);
        terminal.print("""

                Try next:
                  eval "$(./tributary env)" && psql "$POSTGRES_URL" -c "UPDATE orders SET status = 'returned' WHERE id = 1"
                  curl -s "$CLICKHOUSE_URL" -u "$CLICKHOUSE_USER:$CLICKHOUSE_PASSWORD" --data-binary 'SELECT * FROM acme.orders FINAL WHERE id = 1 FORMAT Vertical'
                  ./tributary kubectl tributary status -n acme shop""");
        if (monitoring) {
            terminal.print("  curl -s " + layout.prometheusUrl() + "/api/v1/alerts");
        }
        return 0;
    }

    private static boolean isPrometheus(BoxSnapshot.PartLine part) {
        return part.name().equals(PrometheusServer.NAME);
    }

    private static void printPipelines(UpBox up, BoxLayout layout) throws IOException, InterruptedException {
        System.out.println();
        Kubectl.run(up, layout, "get", "tenantpipelines", "--all-namespaces");
    }
}
