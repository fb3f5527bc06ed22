package dev.tributary.operator.plan;

import dev.tributary.jobspec.JobSpec;
import dev.tributary.operator.clickhouse.Codec;
import java.util.Optional;

/**
 * One column on its way.
 *
 * @param column the column, as job and ClickHouse have it
 * @param codec how ClickHouse compresses it; empty when the server decides
 */
record PlannedColumn(JobSpec.Column column, Optional<Codec> codec) {}
