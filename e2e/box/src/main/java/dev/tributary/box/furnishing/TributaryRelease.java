package dev.tributary.box.furnishing;

import com.marcnuri.helm.Helm;
import dev.tributary.box.layout.BoxLayout;
import dev.tributary.box.layout.Identity;
import dev.tributary.box.operator.OperatorProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tributary, installed by its chart, as on any cluster; but for its CRDs, which Helm would never upgrade.
 *
 * @param layout the box that it is installed on
 */
record TributaryRelease(BoxLayout layout) {

    private static final String NAME = "tributary";

    /** Installs or upgrades the release. */
    void apply(String values) throws IOException {
        Path file = layout.folder().resolve("release-values.yaml");
        Files.writeString(file, values);
        try {
            new Helm(layout.checkout().chart())
                    .upgrade()
                    .install()
                    .withName(NAME)
                    .withNamespace(OperatorProcess.NAMESPACE)
                    .withKubeConfig(layout.kubeconfig(Identity.ADMIN))
                    .withValuesFile(file)
                    .skipCrds()
                    .call();
        } catch (IllegalStateException e) {
            throw new IOException(
                    "helm upgrade --install " + NAME + ": " + e.getMessage()
                            + ". If the box is from before there was a chart: ./tributary down --wipe",
                    e);
        }
    }
}
