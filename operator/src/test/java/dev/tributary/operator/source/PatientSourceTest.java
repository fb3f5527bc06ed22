package dev.tributary.operator.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.operator.HandClock;
import dev.tributary.operator.source.CaptureNames.Management;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PatientSourceTest {

    private static final List<TableId> TABLES = List.of(new TableId("public", "orders"));
    private static final CaptureNames NAMES = new CaptureNames("slot", "publication", Management.MANAGED, "acme/shop");

    private final HandClock clock = new HandClock();
    private final RefusingEngine engine = new RefusingEngine();
    private final PatientSource source = new PatientSource(engine, clock);

    @Test
    void aRefusedPasswordIsTriedEverLessOften() {
        for (int second = 0; second < 3600; second++) {
            source.inspect(asked("wrong"));
            clock.add(Duration.ofSeconds(1));
        }

        // At 0, 15, 45, 105, 225 and 465 s, then every 5 minutes.
        assertThat(engine.logins).isEqualTo(16);
    }

    @Test
    void aNewPasswordIsTriedAtOnce() {
        source.inspect(asked("wrong"));

        source.inspect(asked("other"));

        assertThat(engine.logins).isEqualTo(2);
    }

    @Test
    void whateverIsAskedCountsAsATry() {
        ConnectionSettings settings = settings("wrong");

        source.inspect(asked("wrong"));
        CaptureLook look = source.captureState(settings, NAMES, TABLES);
        PublicationOutcome outcome = source.ensurePublication(settings, NAMES, TABLES);
        DropOutcome drop = source.dropCapture(settings, NAMES);

        assertThat(engine.logins).isEqualTo(1);
        assertThat(look).isEqualTo(new CaptureLook.Refused(RefusingEngine.WRONG));
        assertThat(outcome).isEqualTo(new PublicationOutcome.Refused(RefusingEngine.WRONG));
        assertThat(drop).isEqualTo(new DropOutcome.Refused(RefusingEngine.WRONG));
    }

    private static InspectionRequest asked(String password) {
        return new InspectionRequest(settings(password), NAMES, TABLES, Map.of(), Set.of(), 1_048_576);
    }

    private static ConnectionSettings settings(String password) {
        return new ConnectionSettings("db", 5432, "shop", "user", new Secret(password), TlsMode.REQUIRE, null);
    }

    /** Refuses every login, and counts them. */
    private static class RefusingEngine implements SourceEngine {
        private static final Finding WRONG = new Finding(Reason.AuthenticationFailed, "wrong password");
        private int logins;

        @Override
        public Inspection inspect(InspectionRequest request) {
            logins++;
            return new Inspection.Refused(List.of(WRONG));
        }

        @Override
        public PublicationOutcome ensurePublication(
                ConnectionSettings settings, CaptureNames names, List<TableId> tables) {
            logins++;
            return new PublicationOutcome.Refused(WRONG);
        }

        @Override
        public CaptureLook captureState(ConnectionSettings settings, CaptureNames names, List<TableId> tables) {
            logins++;
            return new CaptureLook.Refused(WRONG);
        }

        @Override
        public DropOutcome dropCapture(ConnectionSettings settings, CaptureNames names) {
            logins++;
            return new DropOutcome.Refused(WRONG);
        }
    }
}
