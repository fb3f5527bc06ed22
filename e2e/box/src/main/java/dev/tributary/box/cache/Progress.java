package dev.tributary.box.cache;

/** Tells the user what is being done. */
@FunctionalInterface
public interface Progress {

    /** Says nothing. */
    Progress SILENT = line -> {};

    /** What is being done right now and how far it is, in one line; replaces the line before. */
    void show(String line);
}
