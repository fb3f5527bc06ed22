package dev.tributary.box.part;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to run.
 *
 * @param arguments the program and its arguments; no secrets, since any user can list them
 * @param environment added to a minimal environment (PATH, HOME, LANG): nothing ambient reaches a part
 * @param workingDirectory must exist
 * @param ending how the process ends with its parent
 */
public record Command(List<String> arguments, Map<String, String> environment, Path workingDirectory, Ending ending) {

    public Command {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /** How a process ends: asked by the supervisor, and when the supervisor ends, however that happens. */
    public enum Ending {
        /** It reads its standard input and stops at its end: the box's JVMs. */
        STDIN_CLOSES,
        /** SIGTERM, which the kernel sends too when the supervisor dies: native programs. */
        TERMINATE,
        /** SIGINT in the same way: PostgreSQL's fast shutdown (its SIGTERM waits for clients). */
        INTERRUPT
    }
}
