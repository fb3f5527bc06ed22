package dev.tributary.job.clickhouse;

import dev.tributary.jobspec.JobSpec;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What log lines carry as fields of SLF4J's MDC: {@code tenant}, {@code pipeline}, and {@code table} while a table is
 * written, by its name in ClickHouse.
 */
final class LogFields {

    private static final String TENANT = "tenant";
    private static final String PIPELINE = "pipeline";
    private static final String TABLE = "table";

    private LogFields() {}

    /** From now on, on this thread. */
    static void set(JobSpec spec) {
        MDC.put(TENANT, spec.tenant());
        MDC.put(PIPELINE, spec.pipeline());
    }

    /** Ends {@link #set}. */
    static void clear() {
        MDC.remove(TENANT);
        MDC.remove(PIPELINE);
    }

    /** Until it is closed, on this thread. */
    static MDC.MDCCloseable table(String target) {
        return MDC.putCloseable(TABLE, target);
    }

    /** The fields of this thread, for another one. */
    static Map<String, String> ofThisThread() {
        @Nullable Map<String, String> fields = MDC.getCopyOfContextMap();
        return fields == null ? Map.of() : fields;
    }

    /** Gives this thread the fields of another one. */
    static void set(Map<String, String> fields) {
        MDC.setContextMap(fields);
    }
}
