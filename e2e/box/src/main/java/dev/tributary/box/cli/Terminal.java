package dev.tributary.box.cli;

import dev.tributary.box.cache.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Standard output: on a terminal, progress is one line that changes; elsewhere each kind of step is told once. */
final class Terminal implements Progress {

    private static final Duration PLAIN_EVERY = Duration.ofSeconds(15);

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final boolean interactive = isTerminal();
    private Instant lastPlain = Instant.EPOCH;
    private String lastKind = "";

    private static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return (target.startsWith("/dev/pts/") || target.startsWith("/dev/tty")) && System.getenv("CI") == null;
        } catch (IOException unknown) {
            return false;
        }
    }

    @Override
    public synchronized void show(String line) {
        if (interactive) {
            out.print("\r\033[K" + (line.length() > 118 ? line.substring(0, 115) + "..." : line));
            out.flush();
            return;
        }
        // Counters make every line new: the first two words say what kind of step it is.
        String[] words = line.split(" ", 3);
        String kind = words[0] + (words.length > 1 ? words[1] : "");
        Instant now = Instant.now();
        if (!kind.equals(lastKind) || lastPlain.plus(PLAIN_EVERY).isBefore(now)) {
            out.println(line);
            lastKind = kind;
            lastPlain = now;
        }
    }

    /** A line that stays. */
    synchronized void print(String line) {
        if (interactive) {
            out.print("\r\033[K");
        }
        out.println(line);
    }
}
