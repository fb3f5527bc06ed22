package dev.tributary.box.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ControlPlaneProgramTest {

    @Test
    void theVersionsAreThoseOfTheModules() throws Exception {
        try (InputStream in = getClass().getResourceAsStream("/control-plane/go.mod")) {
            String modules = new String(in.readAllBytes(), StandardCharsets.UTF_8);

            assertThat(modules)
                    .contains("k8s.io/kubernetes v" + ControlPlaneProgram.KUBERNETES_VERSION)
                    .contains("go.etcd.io/etcd/server/v3 v" + ControlPlaneProgram.ETCD_VERSION);
        }
    }
}
