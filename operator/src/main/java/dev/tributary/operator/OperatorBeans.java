package dev.tributary.operator;

import dev.tributary.operator.plan.Planner;
import dev.tributary.operator.source.CaptureConnector;
import dev.tributary.operator.source.PatientSource;
import dev.tributary.operator.source.SourceEngine;
import dev.tributary.operator.source.postgres.PostgresConnector;
import dev.tributary.operator.source.postgres.PostgresSource;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Puts the parts together that know nothing of CDI. */
class OperatorBeans {

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    SourceEngine sourceEngine(Clock clock) {
        return new PatientSource(new PostgresSource(), clock);
    }

    @Produces
    @Singleton
    CaptureConnector captureConnector() {
        return new PostgresConnector();
    }

    @Produces
    @Singleton
    Planner planner(CaptureConnector connector) {
        return new Planner(connector);
    }

    /** The extension's own provider hands out a no-op when it is asked before it was bound; this bean replaces it. */
    @Produces
    @Singleton
    Metrics metrics(MeterRegistry registry) {
        return MicrometerMetricsV2.newBuilder(registry).build();
    }

    /** The framework tags events.received unevenly, and Prometheus refuses a meter with uneven tags. */
    @Produces
    @Singleton
    MeterFilter evenEventTags() {
        return new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                return id.getName().equals("events.received") && id.getTag("action") == null
                        ? id.withTag(Tag.of("action", "UNKNOWN"))
                        : id;
            }
        };
    }
}
