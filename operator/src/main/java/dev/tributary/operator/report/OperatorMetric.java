package dev.tributary.operator.report;

import java.util.List;

/** The metrics that the operator adds to those of its framework and its JVM, as Prometheus shows them. */
public enum OperatorMetric {
    /** Told by {@link PipelineMetrics}. */
    PIPELINE_CONDITION(
            "tributary_pipeline_condition",
            Kind.GAUGE,
            List.of("namespace", "pipeline", "tenant", "condition", "status", "reason"),
            "1 for each condition that the pipeline has, with its status and reason"),
    /** Told by {@link Transitions}. */
    TRANSITIONS(
            "tributary_transitions_total",
            Kind.COUNTER,
            List.of("condition", "reason"),
            "Conditions of pipelines that turned to this reason"),
    /** Told by dev.tributary.operator.FrameworkSettings. */
    LEADER("tributary_operator_leader", Kind.GAUGE, List.of(), "1 in the instance that works, 0 in one that stands by");

    /** As Prometheus types metrics. */
    public enum Kind {
        GAUGE,
        COUNTER
    }

    private final String prometheusName;
    private final Kind kind;
    private final List<String> labels;
    private final String help;

    OperatorMetric(String prometheusName, Kind kind, List<String> labels, String help) {
        this.prometheusName = prometheusName;
        this.kind = kind;
        this.labels = labels;
        this.help = help;
    }

    public String prometheusName() {
        return prometheusName;
    }

    /** The name as Micrometer wants it: its registry puts it into Prometheus' form again. */
    public String meterName() {
        String bare = kind == Kind.COUNTER ? prometheusName.replaceFirst("_total$", "") : prometheusName;
        return bare.replace('_', '.');
    }

    public Kind kind() {
        return kind;
    }

    public List<String> labels() {
        return labels;
    }

    public String help() {
        return help;
    }
}
