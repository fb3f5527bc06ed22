package dev.tributary.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.operator.HandClock;
import dev.tributary.operator.source.CaptureLook;
import dev.tributary.operator.source.CaptureNames;
import dev.tributary.operator.source.ConnectionSettings;
import dev.tributary.operator.source.DropOutcome;
import dev.tributary.operator.source.Inspection;
import dev.tributary.operator.source.InspectionRequest;
import dev.tributary.operator.source.PublicationOutcome;
import dev.tributary.operator.source.Secret;
import dev.tributary.operator.source.ServerIdentity;
import dev.tributary.operator.source.SourceCatalog;
import dev.tributary.operator.source.SourceEngine;
import dev.tributary.operator.source.TableId;
import dev.tributary.operator.source.TlsMode;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SourceProbeTest {

    private static final ResourceID SHOP = new ResourceID("shop", "acme");
    private static final List<TableId> TABLES = List.of(new TableId("public", "orders"));
    private static final Inspection FOUND =
            new Inspection.Found(new SourceCatalog("18.1", new ServerIdentity("1", 1), List.of()), List.of());

    private final HandClock clock = new HandClock();
    private final CountingEngine engine = new CountingEngine();
    private final SourceProbe probe = new SourceProbe(engine, clock);

    @Test
    void whatWasFoundIsGoodForHalfAMinute() {
        engine.answer = FOUND;

        for (int second = 0; second < 30; second++) {
            probe.inspect(SHOP, asked("right"));
            clock.add(Duration.ofSeconds(1));
        }

        assertThat(engine.looks).isEqualTo(1);
    }

    private static InspectionRequest asked(String password) {
        return new InspectionRequest(
                new ConnectionSettings("db", 5432, "shop", "user", new Secret(password), TlsMode.REQUIRE, null),
                new CaptureNames("slot", "publication", CaptureNames.Management.MANAGED, "acme/shop"),
                TABLES,
                Map.of(),
                Set.of(),
                1_048_576);
    }

    /** Counts looks and answers as told. */
    private static class CountingEngine implements SourceEngine {
        private Inspection answer = FOUND;
        private int looks;

        @Override
        public Inspection inspect(InspectionRequest request) {
            looks++;
            return answer;
        }

        @Override
        public PublicationOutcome ensurePublication(
                ConnectionSettings settings, CaptureNames names, List<TableId> tables) {
            throw new AssertionError("a probe only looks");
        }

        @Override
        public CaptureLook captureState(ConnectionSettings settings, CaptureNames names, List<TableId> tables) {
            throw new AssertionError("a probe only looks");
        }

        @Override
        public DropOutcome dropCapture(ConnectionSettings settings, CaptureNames names) {
            throw new AssertionError("a probe only looks");
        }
    }
}
