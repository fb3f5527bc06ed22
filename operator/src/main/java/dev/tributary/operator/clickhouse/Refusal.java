package dev.tributary.operator.clickhouse;

/** Why ClickHouse could not do what was asked. The message is one stable sentence without a secret. */
public sealed interface Refusal extends DatabaseOutcome, TableOutcome, SweepOutcome, DropOutcome, QuarantineOutcome {

    /** What happened, and what to do next. */
    String message();

    /** Nothing usable answers: unknown name, refused, timed out, or overloaded. It may heal by itself. */
    record Unreachable(String message) implements Refusal {}

    /** ClickHouse turned down the user, the password, or what the user wants to do. */
    record AccessDenied(String message) implements Refusal {}

    /** Something of this name is there that Tributary did not make for this owner; it is left alone. */
    record NotOwned(String message) implements Refusal {}

    /** ClickHouse answered with another error. */
    record Failed(String message) implements Refusal {}
}
