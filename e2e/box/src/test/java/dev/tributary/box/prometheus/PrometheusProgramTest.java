package dev.tributary.box.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PrometheusProgramTest {

    @Test
    void theVersionIsThatOfTheModule() throws Exception {
        try (InputStream in = getClass().getResourceAsStream("/prometheus/go.mod")) {
            String modules = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            String[] version = PrometheusProgram.VERSION.split("\\.");

            assertThat(modules)
                    .contains("github.com/prometheus/prometheus v0.%s%02d.%s"
                            .formatted(version[0], Integer.parseInt(version[1]), version[2]));
        }
    }
}
