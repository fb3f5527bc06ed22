package dev.tributary.box.part;

import java.io.IOException;
import java.util.Set;

/** One process of the box: how it is run and how one sees that it works. The supervisor does the rest. */
public interface Part {

    /** The name in {@code status} and {@code logs}, such as {@code kafka}. */
    String name();

    /** The version of the engine. */
    String version();

    /**
     * The memory that the process is held to, in megabytes: the heap bound of a JVM, what a native engine is told by its
     * own setting. {@code status} shows what it really takes.
     */
    int memoryBoundMegabytes();

    /** The names of the parts that must be healthy before this one is started for the first time. */
    default Set<String> after() {
        return Set.of();
    }

    /**
     * Writes what the process needs (configuration, data folder) if it is not there yet, and says what to run. Called
     * before every start, so it must be idempotent.
     *
     * @throws IOException when something could not be written; the message names the file
     */
    Command command() throws IOException, InterruptedException;

    /** Asks the running process whether it works. Called often; must return within a few seconds. */
    Health health();

    /**
     * Called once in the life of a box, after the part became healthy for the first time and before those that are
     * {@link #after} it start: databases, namespaces and the like. Idempotent, since a kept state has them already.
     */
    default void prepare() throws IOException, InterruptedException {}
}
