package dev.tributary.box.operator;

import dev.tributary.box.controlplane.ApiServer;
import dev.tributary.box.jvm.Jvm;
import dev.tributary.box.layout.BoxLayout;
import dev.tributary.box.layout.Identity;
import dev.tributary.box.part.Command;
import dev.tributary.box.part.Health;
import dev.tributary.box.part.Part;
import dev.tributary.box.part.Probe;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tributary's operator, as it is shipped. */
public record OperatorProcess(BoxLayout layout) implements Part {

    public static final String NAME = "operator";
    public static final String NAMESPACE = "tributary-system";

    private static final int HEAP_MEGABYTES = 192;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String version() {
        return "0.1.0-SNAPSHOT";
    }

    @Override
    public int memoryBoundMegabytes() {
        return HEAP_MEGABYTES;
    }

    @Override
    public Set<String> after() {
        return Set.of(ApiServer.NAME);
    }

    @Override
    public Command command() throws IOException {
        return new Jvm(
                        "io.quarkus.bootstrap.runner.AotQuarkusEntryPoint",
                        List.of(layout.operatorApplication().resolve("quarkus-run.jar")),
                        layout.data(NAME))
                .heap(HEAP_MEGABYTES)
                .hosts(layout.hostsFile())
                // JBoss Threads resets thread locals; from JDK 24 on it must be let.
                .option("--add-opens=java.base/java.lang=ALL-UNNAMED")
                .option("-Djava.util.logging.manager=org.jboss.logmanager.LogManager")
                .environment(environment(layout))
                .command();
    }

    /** What it needs to know of its surroundings, where the chart's Deployment would tell it. */
    public static Map<String, String> environment(BoxLayout layout) {
        return Map.of(
                "KUBECONFIG", layout.kubeconfig(Identity.OPERATOR).toString(),
                "TRIBUTARY_OPERATOR_NAMESPACE", NAMESPACE,
                // The same after a restart, as no pod's name is: the lease of the one that died is its own.
                "TRIBUTARY_OPERATOR_INSTANCE", NAME,
                "QUARKUS_HTTP_HOST", layout.address(),
                "QUARKUS_HTTP_PORT", Integer.toString(BoxLayout.OPERATOR_PORT));
    }

    @Override
    public Health health() {
        return Probe.http(layout.operatorUrl() + "/q/health/ready");
    }
}
