package dev.tributary.box.standin.flinkoperator;

/**
 * Why a spec is not taken.
 *
 * @param type an exception's class name, as in {@code status.error}
 * @param message one sentence
 */
record Refusal(String type, String message) {

    /** The real operator would refuse it as well. */
    static Refusal invalid(String message) {
        return new Refusal("org.apache.flink.kubernetes.operator.exception.ValidationException", message);
    }

    /** The real operator would take it. */
    static Refusal unsupported(String what) {
        return new Refusal("StandInUnsupported", what);
    }
}
