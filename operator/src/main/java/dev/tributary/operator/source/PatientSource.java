package dev.tributary.operator.source;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Does not try a refused login again and again, so that no account gets locked: 15 s after the first refusal, then ever
 * later, up to every 5 minutes. Until then the refusal is repeated. Another host, user or password is tried at once.
 */
public final class PatientSource implements SourceEngine {

    static final Duration FIRST_DELAY = Duration.ofSeconds(15);
    static final Duration LONGEST_DELAY = Duration.ofMinutes(5);

    private final SourceEngine engine;
    private final Clock clock;
    private final Map<ConnectionSettings, RefusedLogin> refused = new ConcurrentHashMap<>();

    private record RefusedLogin(Finding finding, int times, Instant notBefore) {}

    public PatientSource(SourceEngine engine, Clock clock) {
        this.engine = engine;
        this.clock = clock;
    }

    @Override
    public Inspection inspect(InspectionRequest request) {
        return ask(
                request.settings(),
                () -> engine.inspect(request),
                answer -> answer instanceof Inspection.Refused r ? r.findings() : List.of(),
                finding -> new Inspection.Refused(List.of(finding)));
    }

    @Override
    public PublicationOutcome ensurePublication(ConnectionSettings settings, CaptureNames names, List<TableId> tables) {
        return ask(
                settings,
                () -> engine.ensurePublication(settings, names, tables),
                answer -> answer instanceof PublicationOutcome.Refused r ? List.of(r.finding()) : List.of(),
                PublicationOutcome.Refused::new);
    }

    @Override
    public CaptureLook captureState(ConnectionSettings settings, CaptureNames names, List<TableId> tables) {
        return ask(
                settings,
                () -> engine.captureState(settings, names, tables),
                answer -> answer instanceof CaptureLook.Refused r ? List.of(r.finding()) : List.of(),
                CaptureLook.Refused::new);
    }

    @Override
    public DropOutcome dropCapture(ConnectionSettings settings, CaptureNames names) {
        return ask(
                settings,
                () -> engine.dropCapture(settings, names),
                answer -> answer instanceof DropOutcome.Refused r ? List.of(r.finding()) : List.of(),
                DropOutcome.Refused::new);
    }

    private <T> T ask(
            ConnectionSettings settings,
            Supplier<T> question,
            Function<T, List<Finding>> findings,
            Function<Finding, T> repeated) {
        RefusedLogin last = refused.get(settings);
        if (last != null && clock.instant().isBefore(last.notBefore())) {
            return repeated.apply(last.finding());
        }
        T answer = question.get();
        Optional<Finding> refusal = findings.apply(answer).stream()
                .filter(f -> f.reason() == Reason.AuthenticationFailed)
                .findFirst();
        if (refusal.isPresent()) {
            int times = last == null ? 1 : last.times() + 1;
            refused.put(
                    settings,
                    new RefusedLogin(refusal.get(), times, clock.instant().plus(delay(times))));
        } else {
            refused.remove(settings);
        }
        forgetOld();
        return answer;
    }

    /** Settings that nobody asks with any more: of pipelines that are gone, and passwords that were put right. */
    private void forgetOld() {
        Instant old = clock.instant().minus(LONGEST_DELAY);
        refused.values().removeIf(login -> login.notBefore().isBefore(old));
    }

    private static Duration delay(int times) {
        Duration delay = FIRST_DELAY.multipliedBy(1L << Math.min(times - 1, 10));
        return delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay;
    }
}
