package dev.tributary.box.postgresql;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Who runs PostgreSQL: it refuses to be run by root. */
sealed interface ServerAccount {

    /** The account for this process. */
    static ServerAccount choose() throws IOException {
        boolean root = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
        return root ? new Nobody() : new Ourselves();
    }

    /** The command, run as this account. */
    List<String> run(List<String> command);

    /** Gives a folder, and what is in it, to this account. */
    void own(Path folder) throws IOException;

    /** We are not root. */
    record Ourselves() implements ServerAccount {
        @Override
        public List<String> run(List<String> command) {
            return command;
        }

        @Override
        public void own(Path folder) {
            // We made it, so it is ours.
        }
    }

    /**
     * We are root. The server gets an account without rights, except that it may walk through folders such as /root on the
     * way to its own: the kernel drops that one too when a program asks access(2), unless no_setuid_fixup is set.
     */
    record Nobody() implements ServerAccount {
        private static final int ID = 65534;
        private static final String ONLY_WALK = "-all,+dac_override";

        @Override
        public List<String> run(List<String> command) {
            List<String> line = new ArrayList<>(List.of(
                    "setpriv",
                    "--securebits=+no_setuid_fixup",
                    "--reuid=" + ID,
                    "--regid=" + ID,
                    "--clear-groups",
                    "--inh-caps=" + ONLY_WALK,
                    "--ambient-caps=" + ONLY_WALK,
                    "--bounding-set=" + ONLY_WALK,
                    "--"));
            line.addAll(command);
            return line;
        }

        @Override
        public void own(Path folder) throws IOException {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes) throws IOException {
                    return give(at);
                }

                @Override
                public FileVisitResult visitFile(Path at, BasicFileAttributes attributes) throws IOException {
                    return give(at);
                }
            });
        }

        private static FileVisitResult give(Path path) throws IOException {
            Files.setAttribute(path, "unix:uid", ID);
            Files.setAttribute(path, "unix:gid", ID);
            return FileVisitResult.CONTINUE;
        }
    }
}
