/** Speaks of Flink: the FlinkDeployment of the Flink Kubernetes Operator, as far as it is written and read here. */
@NullMarked
package dev.tributary.operator.flink;

import org.jspecify.annotations.NullMarked;
