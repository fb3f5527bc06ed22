package dev.tributary.box.part;

import java.util.OptionalLong;

/** Runs parts that come and go while the box is up, such as the processes of a Flink cluster. */
public interface PartHost {

    /**
     * Starts a part and keeps it running; returns at once.
     *
     * @throws IllegalArgumentException when there is one of this name
     */
    void add(Part part);

    /** Stops a part for good; returns once its process is gone. Nothing happens when there is none of this name. */
    void remove(String name) throws InterruptedException;

    /** The part's process; another one after a restart; empty when none runs. */
    OptionalLong pid(String name);
}
