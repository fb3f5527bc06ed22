package dev.tributary.job.change;

/** What a change did, as Debezium writes it in {@code op}. */
public enum Operation {
    READ('r'),
    CREATE('c'),
    UPDATE('u'),
    DELETE('d'),
    TRUNCATE('t'),
    /** None of these. */
    UNKNOWN('?');

    private final char code;

    Operation(char code) {
        this.code = code;
    }

    char code() {
        return code;
    }

    static Operation of(byte code) {
        return switch (code) {
            case 'r' -> READ;
            case 'c' -> CREATE;
            case 'u' -> UPDATE;
            case 'd' -> DELETE;
            case 't' -> TRUNCATE;
            default -> UNKNOWN;
        };
    }
}
