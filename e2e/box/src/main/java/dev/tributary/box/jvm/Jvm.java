package dev.tributary.box.jvm;

import dev.tributary.box.launch.JvmMain;
import dev.tributary.box.part.Command;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Builds the command of a JVM that runs an engine from its own jars. Uses the JDK that the box itself runs on. */
public final class Jvm {

    /**
     * A system property of the box's own process: true where its JVMs are ended within minutes, as tests do, so that compiling code
     * well takes more CPU than it saves.
     */
    static final String SHORT_LIVED = "tributary.box.short-lived";

    private final String mainClass;
    private final List<Path> classpath;
    private final Path folder;
    private final List<String> options = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();

    /**
     * @param folder its working directory; it may hold what it likes below it, temporary files are kept in {@code tmp}
     */
    public Jvm(String mainClass, List<Path> classpath, Path folder) {
        this.mainClass = mainClass;
        this.classpath = List.copyOf(classpath);
        this.folder = folder;
        options.add("-XX:+UseSerialGC");
        if (Boolean.getBoolean(SHORT_LIVED)) {
            options.add("-XX:TieredStopAtLevel=1");
        }
        options.add("-XX:+ExitOnOutOfMemoryError");
        options.add("-Djava.io.tmpdir=" + folder.resolve("tmp"));
        options.add("--enable-native-access=ALL-UNNAMED");
    }

    public Jvm heap(int megabytes) {
        options.add("-Xms32m");
        options.add("-Xmx" + megabytes + "m");
        return this;
    }

    /** Host names are resolved from this file alone. */
    public Jvm hosts(Path file) {
        options.add("-Djdk.net.hosts.file=" + file);
        return this;
    }

    /**
     * Keeps parsed classes in an archive: the first run that ends writes it, later ones start in half the time.
     *
     * @param archive shared by all processes with this classpath
     */
    public Jvm classData(Path archive) throws IOException {
        Files.createDirectories(archive.toAbsolutePath().getParent());
        options.add("-XX:SharedArchiveFile=" + archive);
        options.add("-XX:+AutoCreateSharedArchive");
        // Two processes may write it at once; a spoilt one is noticed and made anew.
        options.add("-XX:+VerifySharedSpaces");
        options.add("-Xlog:cds=off,cds+dynamic=off");
        return this;
    }

    /**
     * Runs agents; without any, as {@link #classData}: a JVM archives no classes that an agent may have changed.
     *
     * @param options such as {@code -javaagent:...}
     */
    public Jvm classDataOrAgents(Path archive, List<String> options) throws IOException {
        if (options.isEmpty()) {
            return classData(archive);
        }
        this.options.addAll(options);
        return this;
    }

    /** Logs to standard error through slf4j-simple. */
    public Jvm simpleLogging(String level) {
        options.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=" + level);
        options.add("-Dorg.slf4j.simpleLogger.showDateTime=true");
        options.add("-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSS");
        return this;
    }

    public Jvm option(String option) {
        options.add(option);
        return this;
    }

    public Jvm environment(Map<String, String> variables) {
        environment.putAll(variables);
        return this;
    }

    /**
     * The command. Makes the folder, and empties its temporary files: they are of a process that is no more.
     *
     * @throws IOException when the folder cannot be made
     */
    public Command command(String... arguments) throws IOException {
        Path tmp = folder.resolve("tmp");
        empty(tmp);
        Files.createDirectories(tmp);
        List<String> all = new ArrayList<>();
        all.add(java().toString());
        all.addAll(options);
        all.add("-cp");
        all.add(Stream.concat(Stream.of(launcher()), classpath.stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator)));
        all.add(JvmMain.class.getName());
        all.add(mainClass);
        all.addAll(List.of(arguments));
        return new Command(all, environment, folder, Command.Ending.STDIN_CLOSES);
    }

    /** The JDK that the box itself runs on. */
    public static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    private static void empty(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Where the launcher's classes are. */
    public static Path launcher() {
        try {
            return Path.of(JvmMain.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
