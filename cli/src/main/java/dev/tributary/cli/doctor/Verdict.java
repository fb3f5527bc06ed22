package dev.tributary.cli.doctor;

/** What a check came to. */
public sealed interface Verdict {

    /** All is well; with whose word it is, when it is not our own. */
    record Ok(String says) implements Verdict {}

    /**
     * Something is wrong.
     *
     * @param says what
     * @param remedy what to do about it
     */
    record Wrong(String says, String remedy) implements Verdict {}

    /** Nobody can say, and why: no right to read it, or who would know does not work. */
    record NotKnown(String why) implements Verdict {}
}
