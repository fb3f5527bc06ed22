/**
 * The stand-in for the Flink Kubernetes operator: FlinkDeployments to processes, its validation, its life cycle and its
 * status. Kubernetes' high availability is played as well: after a JobManager's death the job is submitted again from its
 * newest complete checkpoint.
 *
 * <p>Where it differs from the operator of today: {@code last-state} without high availability is refused, as it was up to
 * 1.10; {@code status.error} is also set while a job restarts, where the operator only records an event; and a job is
 * looked at every few seconds.
 */
@NullMarked
package dev.tributary.box.standin.flinkoperator;

import org.jspecify.annotations.NullMarked;
