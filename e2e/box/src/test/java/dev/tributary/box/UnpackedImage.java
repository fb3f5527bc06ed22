package dev.tributary.box;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.box.layout.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An image whose layers were laid into a folder, in order, as a container runtime does.
 *
 * @param root the folder
 * @param config how its container starts: User, WorkingDir, Entrypoint, Env
 */
record UnpackedImage(Path root, JsonNode config) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Unpacks the tar that {@code docker load} would take. */
    static UnpackedImage of(String name, Path folder) throws IOException, InterruptedException {
        Path tar = Checkout.current().imageTar(name);
        Path layers = Files.createDirectories(folder.resolve("layers"));
        Path root = Files.createDirectories(folder.resolve("root"));
        untar(tar, layers);
        JsonNode manifest =
                JSON.readTree(layers.resolve("manifest.json").toFile()).get(0);
        for (JsonNode layer : manifest.get("Layers")) {
            untar(layers.resolve(layer.asText()), root);
        }
        JsonNode config =
                JSON.readTree(layers.resolve(manifest.get("Config").asText()).toFile());
        return new UnpackedImage(root, config.get("config"));
    }

    private static void untar(Path tar, Path folder) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "tar", "--warning=no-unknown-keyword", "-xf", tar.toString(), "-C", folder.toString())
                .inheritIO()
                .start();
        if (process.waitFor() != 0) {
            throw new IOException(tar + " cannot be unpacked; mvn package makes it");
        }
    }

    List<String> entrypoint() {
        List<String> entrypoint = new ArrayList<>();
        config.get("Entrypoint").forEach(argument -> entrypoint.add(argument.asText()));
        return entrypoint;
    }

    /** The folder of a path in the image. */
    Path at(String path) {
        return root.resolve(path.substring(1));
    }

    Path workingDirectory() {
        return at(config.get("WorkingDir").asText());
    }

    /** Every file with its size and the time of its last change: the same as long as nobody writes. */
    Map<String, String> content() throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root).sorted(Comparator.naturalOrder())) {
            for (Path file : files.toList()) {
                content.put(
                        root.relativize(file).toString(),
                        Files.isRegularFile(file)
                                ? Files.size(file) + " " + Files.getLastModifiedTime(file)
                                : "folder");
            }
        }
        return content;
    }
}
