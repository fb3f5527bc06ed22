package dev.tributary.job;

/** What one check found, in a line without secrets. */
public sealed interface Finding {

    /** The line as it is printed. */
    String line();

    /**
     * All is well.
     *
     * @param what was looked at, and what there is
     */
    record Fine(String what) implements Finding {
        @Override
        public String line() {
            return "ok     " + what;
        }
    }

    /**
     * The job would stop, or not start.
     *
     * @param what was looked at
     * @param problem what is wrong, and what to do
     */
    record Wrong(String what, String problem) implements Finding {
        @Override
        public String line() {
            return "WRONG  " + what + ": " + problem;
        }
    }
}
