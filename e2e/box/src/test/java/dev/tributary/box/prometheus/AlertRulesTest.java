package dev.tributary.box.prometheus;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tributary.box.cache.Tool;
import dev.tributary.box.cache.UserCache;
import dev.tributary.box.layout.Checkout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The chart's alerts, judged by promtool: it prints what is wrong, and the failure shows it. */
class AlertRulesTest {

    private static final Path CHART = Checkout.current().chart();

    @Test
    void promtoolHasNothingAgainstTheRules() {
        assertThatCode(() -> promtool("check", "rules", "--lint=all", "--lint-fatal", "alerts.yaml"))
                .doesNotThrowAnyException();
    }

    @Test
    void alertsFireWhenTheyShouldAndNoOtherTime() {
        assertThatCode(() -> promtool("test", "rules", "src/test/promtool/alerts.test.yaml"))
                .doesNotThrowAnyException();
    }

    private static void promtool(String... arguments) throws Exception {
        Path programs = new PrometheusProgram(UserCache.ofUser()).folder(System.out::println);
        List<String> command =
                new ArrayList<>(List.of(programs.resolve("promtool").toString()));
        command.addAll(List.of(arguments));
        new Tool(command, CHART, Map.of(), Duration.ofMinutes(1)).run(System.out::println);
    }
}
