package dev.tributary.box.cli;

/** Something the user can do something about: shown as it is, without a stack trace. */
final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1;

    Failure(String message) {
        super(message);
    }
}
