package dev.tributary.operator;

import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.quarkiverse.operatorsdk.runtime.api.ConfigurationServiceCustomizer;
import jakarta.inject.Singleton;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Settings of the framework that have no property.
 *
 * <p>A virtual thread for each pass. The framework runs one pass of a pipeline at a time; with as many threads as pipelines,
 * a database that accepts and never answers holds up its own pipeline only (docs/decisions/0003).
 */
@Singleton
class FrameworkSettings implements ConfigurationServiceCustomizer {

    @Override
    public Consumer<ConfigurationServiceOverrider> overrider() {
        return overrider -> overrider
                .withExecutorService(Executors.newVirtualThreadPerTaskExecutor())
                // A new CRD answers 429 for a moment, and an engine's CRD may come later: watch on.
                .withStopOnInformerErrorDuringStartup(false);
    }
}
