package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What samples/platform says is what the API server takes, with the CRDs of Strimzi and of Tributary, as a dry run: the box has engines of
 * the same names.
 */
@ExtendWith(BoxExtension.class)
class PlatformSampleTest {

    private final TestBox box;

    PlatformSampleTest(TestBox box) {
        this.box = box;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "namespaces.yaml",
                "metrics-config.yaml",
                "kafka.yaml",
                "connect.yaml",
                "flink.yaml",
                "classes.yaml"
            })
    void theApiServerKnowsEveryField(String file) {
        Kubectl.Result result = dryRun(sample(file));

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).contains("serverside-applied (server dry run)");
    }

    @Test
    void aFieldThatNobodyKnowsIsRefused() {
        String invented = sample("kafka.yaml").replace("networkPolicyPeers:", "networkPolicyFriends:");

        Kubectl.Result result = dryRun(invented);

        assertThat(result.exitCode()).isNotZero();
        assertThat(result.output()).contains("networkPolicyFriends");
    }

    private Kubectl.Result dryRun(String yaml) {
        return box.kubectl(
                yaml,
                "apply",
                "--server-side",
                "--force-conflicts",
                "--validate=strict",
                "--dry-run=server",
                "-f",
                "-");
    }

    private String sample(String file) {
        try {
            return Files.readString(box.layout().checkout().sample("platform/" + file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
