package dev.tributary.box.controlplane;

import dev.tributary.box.layout.BoxLayout;
import dev.tributary.box.layout.Identity;
import dev.tributary.box.part.Command;
import dev.tributary.box.part.Health;
import dev.tributary.box.part.Part;
import dev.tributary.box.part.Probe;
import dev.tributary.box.pki.Pki;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Of Kubernetes' controllers those that matter without nodes: garbage collection, deletion of namespaces, service accounts.
 *
 * @param programs the folder with the control plane's programs
 */
public record ControllerManager(BoxLayout layout, Path programs) implements Part {

    public static final String NAME = "kube-controller-manager";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String version() {
        return ControlPlaneProgram.KUBERNETES_VERSION;
    }

    @Override
    public int memoryBoundMegabytes() {
        return 256;
    }

    @Override
    public Set<String> after() {
        return Set.of(ApiServer.NAME);
    }

    @Override
    public Command command() throws IOException {
        List<String> arguments = List.of(
                programs.resolve(NAME).toString(),
                "--kubeconfig=" + layout.kubeconfig(Identity.CONTROLLER_MANAGER),
                "--bind-address=" + layout.address(),
                "--secure-port=" + BoxLayout.CONTROLLER_MANAGER_PORT,
                "--tls-cert-file=" + new Pki(layout).certificate(ApiServer.NAME),
                "--tls-private-key-file=" + new Pki(layout).key(ApiServer.NAME),
                "--leader-elect=false",
                "--use-service-account-credentials=true",
                "--controllers=garbage-collector-controller,namespace-controller,serviceaccount-controller",
                "--profiling=false");
        return new Command(
                arguments,
                Map.of("GOMEMLIMIT", memoryBoundMegabytes() + "MiB"),
                layout.data(NAME),
                Command.Ending.TERMINATE);
    }

    @Override
    public Health health() {
        return Probe.port(layout.address(), BoxLayout.CONTROLLER_MANAGER_PORT);
    }
}
