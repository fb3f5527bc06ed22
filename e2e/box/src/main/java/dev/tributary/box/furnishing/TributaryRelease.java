package dev.tributary.box.furnishing;

import com.marcnuri.helm.Helm;
import dev.tributary.box.layout.BoxLayout;
import dev.tributary.box.layout.Identity;
import dev.tributary.box.operator.OperatorProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Tributary, installed by its chart, as on any cluster; but for its CRDs, which Helm would never upgrade. Helm runs in a
 * process of its own: its library takes SIGTERM for itself, and a box would not hear any more that it is to stop.
 *
 * @param layout the box that it is installed on
 */
record TributaryRelease(BoxLayout layout) {

    private static final String NAME = "tributary";

    /** Installs or upgrades the release. */
    void apply(String values) throws IOException, InterruptedException {
        Path file = layout.folder().resolve("release-values.yaml");
        Files.writeString(file, values);
        Path output = layout.folder().resolve("release.log");
        Process helm = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TributaryRelease.class.getName(),
                        layout.checkout().chart().toString(),
                        layout.kubeconfig(Identity.ADMIN).toString(),
                        file.toString()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!helm.waitFor(1, TimeUnit.MINUTES) || helm.exitValue() != 0) {
            helm.destroyForcibly();
            throw new IOException("helm upgrade --install " + NAME + ": "
                    + Files.readString(output).strip()
                    + ". If the box is from before there was a chart: ./tributary down --wipe");
        }
    }

    /** The process of its own: the chart's folder, a kubeconfig, and a file with values. */
    public static void main(String[] arguments) {
        try {
            new Helm(Path.of(arguments[0]))
                    .upgrade()
                    .install()
                    .withName(NAME)
                    .withNamespace(OperatorProcess.NAMESPACE)
                    .withKubeConfig(Path.of(arguments[1]))
                    .withValuesFile(Path.of(arguments[2]))
                    .skipCrds()
                    .call();
        } catch (IllegalStateException e) {
            System.out.println(e.getMessage());
            Runtime.getRuntime().halt(1);
        }
        Runtime.getRuntime().halt(0);
    }
}
