package dev.tributary.box.standin;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A Flink job that counts, twenty a second, and appends each number to a file. Its state is how far it is. */
public final class CountingJob {

    private static final String SOURCE = """
            import java.nio.file.Files;
            import java.nio.file.Path;
            import java.nio.file.StandardOpenOption;
            import org.apache.flink.api.common.eventtime.WatermarkStrategy;
            import org.apache.flink.api.common.typeinfo.Types;
            import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
            import org.apache.flink.connector.datagen.source.DataGeneratorSource;
            import org.apache.flink.connector.datagen.source.GeneratorFunction;
            import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
            import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

            public class Counting {
                public static void main(String[] arguments) throws Exception {
                    String file = Files.readString(Path.of(arguments[0])).strip();
                    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
                    GeneratorFunction<Long, Long> same = number -> number;
                    env.fromSource(
                                    new DataGeneratorSource<Long>(
                                            same, Long.MAX_VALUE, RateLimiterStrategy.perSecond(20), Types.LONG),
                                    WatermarkStrategy.noWatermarks(),
                                    "numbers")
                            .uid("numbers")
                            .map(number -> {
                                Files.writeString(
                                        Path.of(file),
                                        number + " " + System.getenv("GREETING") + "\\n",
                                        StandardOpenOption.CREATE,
                                        StandardOpenOption.APPEND);
                                return number;
                            })
                            .returns(Types.LONG)
                            .uid("file")
                            .sinkTo(new DiscardingSink<>())
                            .uid("nowhere");
                    env.execute("counting");
                }
            }
            """;

    private CountingJob() {}

    /** Compiles the job against Flink's jars. */
    static Path jar(List<Path> flink, Path folder) throws Exception {
        Path source = folder.resolve("Counting.java");
        Files.writeString(source, SOURCE);
        String classpath = flink.stream().map(Path::toString).collect(Collectors.joining(":"));
        int exit = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", classpath, "-d", folder.toString(), source.toString());
        if (exit != 0) {
            throw new IllegalStateException("javac: " + exit);
        }
        Path jar = folder.resolve("counting.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> classes = Files.list(folder)) {
            for (Path file :
                    classes.filter(f -> f.toString().endsWith(".class")).toList()) {
                entries.putNextEntry(new JarEntry(file.getFileName().toString()));
                entries.write(Files.readAllBytes(file));
            }
        }
        return jar;
    }
}
