package dev.tributary.box.connect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Connect's {@code plugin.path}: a folder of links to jars for each plugin, each with a class loader of its own. */
record PluginPath(Path folder, Map<String, List<Path>> plugins) {

    PluginPath {
        plugins = Map.copyOf(plugins);
    }

    /** Makes the folders hold exactly the jars asked for. */
    void write() throws IOException {
        for (Map.Entry<String, List<Path>> plugin : plugins.entrySet()) {
            Path links = Files.createDirectories(folder.resolve(plugin.getKey()));
            try (Stream<Path> old = Files.list(links)) {
                for (Path link : old.toList()) {
                    Files.delete(link);
                }
            }
            for (Path jar : plugin.getValue()) {
                Files.createSymbolicLink(links.resolve(jar.getFileName().toString()), jar.toAbsolutePath());
            }
        }
    }
}
