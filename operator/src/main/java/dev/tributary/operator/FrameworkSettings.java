package dev.tributary.operator;

import dev.tributary.operator.report.OperatorMetric;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkiverse.operatorsdk.runtime.api.ConfigurationServiceCustomizer;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Settings of the framework that have no property.
 *
 * <p>A virtual thread for each pass. The framework runs one pass of a pipeline at a time; with as many threads as pipelines,
 * a database that accepts and never answers holds up its own pipeline only (docs/decisions/0003).
 */
@Singleton
class FrameworkSettings implements ConfigurationServiceCustomizer {

    private static final String LEASE = "tributary-operator";

    private static final Logger LOG = Logger.getLogger(FrameworkSettings.class);

    private final OperatorConfig config;
    private final AtomicBoolean works;
    private volatile boolean stopping;

    FrameworkSettings(OperatorConfig config, MeterRegistry metrics) {
        this.config = config;
        this.works = new AtomicBoolean(!config.leaderElection());
        Gauge.builder(OperatorMetric.LEADER.meterName(), works, w -> w.get() ? 1 : 0)
                .description(OperatorMetric.LEADER.help())
                .register(metrics);
    }

    @Override
    public Consumer<ConfigurationServiceOverrider> overrider() {
        return overrider -> {
            overrider
                    .withExecutorService(Executors.newVirtualThreadPerTaskExecutor())
                    // A new CRD answers 429 for a moment, and an engine's CRD may come later: watch on.
                    .withStopOnInformerErrorDuringStartup(false);
            if (config.leaderElection()) {
                overrider.withLeaderElectionConfiguration(lease());
            }
        };
    }

    /**
     * Who loses it ends, and is started again by Kubernetes: no pass must go on beside the new leader's. At once: the
     * framework's own way, System.exit from the thread that the shutdown then waits for, never comes to its end, and passes
     * went on.
     */
    private LeaderElectionConfiguration lease() {
        LeaderElectionConfigurationBuilder lease = LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(
                        LEASE)
                .withLeaseNamespace(config.namespace());
        config.instance().ifPresent(lease::withIdentity);
        lease.withLeaderCallbacks(new LeaderCallbacks(this::won, this::lost, leader -> {}));
        return lease.build();
    }

    private void won() {
        works.set(true);
        LOG.info("this instance holds the Lease, and works");
    }

    /** Also the last step of an orderly stop, when the controllers have stopped. */
    private void lost() {
        if (!stopping) {
            LOG.error("this instance has lost the Lease, and ends");
        }
        Runtime.getRuntime().halt(stopping ? 0 : 1);
    }

    /** Before the framework stops, which gives the Lease up. */
    void stop(@Observes @Priority(1) ShutdownEvent event) {
        stopping = true;
    }
}
