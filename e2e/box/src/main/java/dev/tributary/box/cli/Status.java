package dev.tributary.box.cli;

import dev.tributary.box.supervisor.ResidentMemory;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "status", description = "Shows every part: version, state, restarts, memory.")
final class Status implements Callable<Integer> {

    private static final String ROW = "%-32s %-10s %-12s %8s %8s %10s %9s  %s%n";

    private final UpBox up = UpBox.ofLauncher();

    @Override
    public Integer call() throws IOException {
        Optional<BoxSnapshot> snapshot = up.snapshot();
        if (snapshot.isEmpty()) {
            System.out.println("No box is running here: ./tributary up starts it.");
            return 3;
        }
        BoxSnapshot box = snapshot.get();
        if (box.phase() != BoxSnapshot.Phase.RUNNING) {
            System.out.println(box.message());
            return 3;
        }
        System.out.printf("The box at %s%n%n", box.address());
        System.out.printf(ROW, "PART", "VERSION", "STATE", "PID", "RESTARTS", "MEMORY MB", "BOUND MB", "");
        long total = ownMegabytes(box.pid());
        System.out.printf(ROW, "supervisor and stand-ins", "", "HEALTHY", box.pid(), "", total, "", "");
        for (BoxSnapshot.PartLine part : box.parts()) {
            long memory = ResidentMemory.megabytesOfTree(part.pid());
            total += memory;
            System.out.printf(
                    ROW,
                    part.name(),
                    part.version(),
                    part.state(),
                    part.pid() == 0 ? "" : part.pid(),
                    part.restarts(),
                    memory,
                    part.boundMegabytes(),
                    part.reason());
        }
        System.out.printf(ROW, "total", "", "", "", "", total, "", "");
        box.deaths().forEach(death -> System.out.printf("%n%s%n", death));
        return 0;
    }

    /** Its children have lines of their own. */
    private static long ownMegabytes(long pid) {
        return ResidentMemory.megabytesOf(pid);
    }
}
