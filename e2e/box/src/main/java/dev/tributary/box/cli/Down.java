package dev.tributary.box.cli;

import dev.tributary.box.cache.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "down", description = "Stops the box; its data stays, unless --wipe.")
final class Down implements Callable<Integer> {

    @Option(names = "--wipe", description = "Deletes all data of the box.")
    private boolean wipe;

    private final UpBox up = UpBox.ofLauncher();
    private final Terminal terminal = new Terminal();

    @Override
    public Integer call() throws IOException, InterruptedException {
        boolean ran = up.isRunning();
        new Background(up, terminal).stop();
        if (wipe) {
            FileTree.delete(up.folder());
            Files.deleteIfExists(up.snapshotFile());
        }
        terminal.print(
                (ran ? "Stopped" : "Nothing was running") + (wipe ? "; the data is deleted." : "; the data is kept."));
        return 0;
    }
}
