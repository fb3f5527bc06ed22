package dev.tributary.box.clickhouse;

import dev.tributary.box.jvm.Jvm;
import dev.tributary.box.launch.ClickHouseMain;
import dev.tributary.box.layout.BoxLayout;
import dev.tributary.box.layout.Passwords;
import dev.tributary.box.part.Command;
import dev.tributary.box.part.Health;
import dev.tributary.box.part.Part;
import dev.tributary.box.part.Probe;
import dev.tributary.box.pki.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** ClickHouse, hosted by a small JVM; HTTP, with one administrator. */
public final class ClickHouseServer implements Part {

    public static final String NAME = "clickhouse";
    public static final String ADMIN = "tributary";

    private static final int MEMORY = 1200;

    private final BoxLayout layout;
    private final Passwords passwords;
    private final Path library;

    /**
     * @param library libchdb.so
     */
    public ClickHouseServer(BoxLayout layout, Passwords passwords, Path library) {
        this.layout = layout;
        this.passwords = passwords;
        this.library = library;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String version() {
        return ClickHouseLibrary.PACKAGE_VERSION.replaceFirst("-.*", "");
    }

    @Override
    public int memoryBoundMegabytes() {
        return MEMORY;
    }

    @Override
    public Command command() throws IOException {
        Path data = layout.data(NAME);
        Path configuration = PrivateFile.folder(data.resolve("etc"));
        write(configuration.resolve("config.xml"), CONFIG.formatted((MEMORY - 200) * 1_000_000L));
        write(configuration.resolve("users.xml"), USERS.formatted(ADMIN, sha256(passwords.clickHouse()), ADMIN));
        List<String> arguments = new ArrayList<>(List.of(
                Jvm.java().toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + layout.temporary(NAME),
                // Where JNA unpacks its few native lines.
                "-Djna.tmpdir=" + layout.temporary(NAME)));
        if (Runtime.version().feature() >= 22) {
            arguments.add("--enable-native-access=ALL-UNNAMED");
        }
        arguments.addAll(List.of(
                "-cp",
                Stream.concat(Stream.of(Jvm.launcher()), layout.checkout().engineClasspath(NAME).stream())
                        .map(Path::toString)
                        .collect(Collectors.joining(":")),
                ClickHouseMain.class.getName(),
                library.toString(),
                "--config-file=" + configuration.resolve("config.xml"),
                "--path=" + data.resolve("state"),
                "--listen_host=" + layout.address(),
                "--http_port=" + BoxLayout.CLICKHOUSE_PORT));
        return new Command(arguments, Map.of("TZ", "UTC"), data, Command.Ending.STDIN_CLOSES);
    }

    @Override
    public Health health() {
        return Probe.http(layout.clickHouseUrl() + "/ping");
    }

    private static void write(Path file, String content) throws IOException {
        PrivateFile.write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static final String CONFIG = """
            <clickhouse>
              <users_config>users.xml</users_config>
              <max_server_memory_usage>%d</max_server_memory_usage>
              <timezone>UTC</timezone>
            </clickhouse>
            """;

    /**
     * The first profile's settings are a server's; the library's own differ. The library logs in to itself as
     * {@code default} from the loopback address, so that user must be there and have no password: it may do no more
     * than open the port and read standard input.
     */
    private static final String USERS = """
            <clickhouse>
              <profiles>
                <default>
                  <implicit_select>0</implicit_select>
                  <allow_introspection_functions>0</allow_introspection_functions>
                  <storage_file_read_method>pread</storage_file_read_method>
                </default>
              </profiles>
              <quotas><default></default></quotas>
              <users>
                <default>
                  <password></password>
                  <networks><ip>127.0.0.1</ip></networks>
                  <profile>default</profile>
                  <quota>default</quota>
                  <grants>
                    <query>GRANT SYSTEM LISTEN ON *.*</query>
                    <query>GRANT READ ON FILE</query>
                    <query>GRANT CREATE TEMPORARY TABLE ON *.*</query>
                  </grants>
                </default>
                <%s>
                  <password_sha256_hex>%s</password_sha256_hex>
                  <networks><ip>127.0.0.0/8</ip></networks>
                  <profile>default</profile>
                  <quota>default</quota>
                  <access_management>1</access_management>
                </%s>
              </users>
            </clickhouse>
            """;
}
