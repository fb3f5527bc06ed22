package dev.tributary.box.controlplane;

import dev.tributary.box.layout.BoxLayout;
import dev.tributary.box.part.Command;
import dev.tributary.box.part.Health;
import dev.tributary.box.part.Part;
import dev.tributary.box.part.Probe;
import dev.tributary.box.pki.Pki;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the API server keeps its objects in.
 *
 * @param programs the folder with the control plane's programs
 */
public record Etcd(BoxLayout layout, Path programs) implements Part {

    public static final String NAME = "etcd";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String version() {
        return ControlPlaneProgram.ETCD_VERSION;
    }

    @Override
    public int memoryBoundMegabytes() {
        return 256;
    }

    @Override
    public Command command() throws IOException {
        Pki pki = new Pki(layout);
        String url = url(layout);
        String peer = "http://" + layout.address() + ":" + BoxLayout.ETCD_PEER_PORT;
        List<String> arguments = List.of(
                programs.resolve("etcd").toString(),
                "--name=box",
                "--data-dir=" + layout.data(NAME).resolve("state"),
                "--listen-client-urls=" + url,
                "--advertise-client-urls=" + url,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=box=" + peer,
                "--client-cert-auth",
                "--trusted-ca-file=" + pki.ca(),
                "--cert-file=" + pki.certificate(NAME),
                "--key-file=" + pki.key(NAME),
                // A playground: a power cut may cost its last second, a start costs less.
                "--unsafe-no-fsync",
                "--log-level=warn");
        return new Command(
                arguments,
                Map.of("GOMEMLIMIT", memoryBoundMegabytes() + "MiB"),
                layout.data(NAME),
                Command.Ending.TERMINATE);
    }

    static String url(BoxLayout layout) {
        return "https://" + layout.address() + ":" + BoxLayout.ETCD_PORT;
    }

    @Override
    public Health health() {
        return Probe.port(layout.address(), BoxLayout.ETCD_PORT);
    }
}
