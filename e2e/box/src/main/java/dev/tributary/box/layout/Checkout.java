package dev.tributary.box.layout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * This repository's folder. The box takes what it runs from here by path, never by classpath.
 *
 * @param root absolute
 */
public record Checkout(Path root) {

    public Checkout {
        root = root.toAbsolutePath().normalize();
    }

    /** The checkout that the current directory is in. */
    public static Checkout current() {
        return containing(Path.of(""));
    }

    /**
     * The checkout that a folder is in.
     *
     * @throws IllegalStateException when it is in none
     */
    public static Checkout containing(Path folder) {
        for (Path at = folder.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
            if (Files.isExecutable(at.resolve("tributary")) && Files.isDirectory(at.resolve("e2e/box"))) {
                return new Checkout(at);
            }
        }
        throw new IllegalStateException(folder.toAbsolutePath() + " is not inside a checkout of Tributary");
    }

    /**
     * The jars of an engine, as its module below {@code e2e/box/engines} resolved them.
     *
     * @throws IOException when they have not been resolved yet
     */
    public List<Path> engineClasspath(String engine) throws IOException {
        Path list = root.resolve("e2e/box/engines").resolve(engine).resolve("target/classpath.txt");
        if (!Files.exists(list)) {
            throw new IOException(
                    list + " is missing. Build the repository first: ./tributary up does, and mvn verify");
        }
        return Stream.of(Files.readString(list).strip().split(":"))
                .map(Path::of)
                .toList();
    }

    /** What installs Tributary's own kinds. */
    public List<Path> customResourceDefinitions() {
        try (Stream<Path> files = Files.list(root.resolve("helm-chart/crds"))) {
            return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The operator as Quarkus packaged it: {@code quarkus-run.jar} and what it needs. */
    public Path operatorApplication() {
        return root.resolve("operator/target/quarkus-app");
    }

    /** What the operator's image has in its working directory; its JVM and AOT cache only after a build with -Pimages. */
    public Path operatorImageFolder() {
        return root.resolve("images/target/operator");
    }

    /** An image as {@code docker load} takes it: {@code operator} or {@code flink-job}. */
    public Path imageTar(String name) {
        return root.resolve("images/target").resolve(name + ".tar");
    }

    /** The Helm chart. */
    public Path chart() {
        return root.resolve("helm-chart");
    }

    public Path jobJar() {
        return root.resolve("flink-job/target/tributary-flink-job.jar");
    }

    /** The restart guard for Debezium. */
    public Path connectPluginJar() {
        return root.resolve("connect-plugin/target/tributary-connect-plugin.jar");
    }

    /** The folder with the plugin for kubectl. */
    public Path kubectlPlugin() {
        return root.resolve("cli/target");
    }

    public Path sample(String name) {
        return root.resolve("samples").resolve(name);
    }

    /** What {@code ./tributary} keeps; not in git. */
    public Path state() {
        return root.resolve(".tributary");
    }
}
