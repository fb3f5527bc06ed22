package dev.tributary.scenarios;

import dev.tributary.box.supervisor.ResidentMemory;

/** The most memory that a part was seen to have; a figure, once printed. */
final class HighestMemory {

    /** What the box's class gives a TaskManager, in MB. */
    static final int OF_A_TASK_MANAGER = 1024;

    private final TestBox box;
    private final String part;
    private final long first;
    private long highest;

    private HighestMemory(TestBox box, String part) {
        this.box = box;
        this.part = part;
        this.first = ResidentMemory.megabytesOf(box.pid(part));
        this.highest = first;
    }

    static HighestMemory of(TestBox box, String part) {
        return new HighestMemory(box, part);
    }

    /** Looks once. */
    void look() {
        highest = Math.max(highest, ResidentMemory.megabytesOf(box.pid(part)));
    }

    long megabytes() {
        return highest;
    }

    @Override
    public String toString() {
        return part + " " + first + " MB before, at most " + highest + " MB";
    }
}
