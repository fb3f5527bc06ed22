package dev.tributary.box.postgresql;

import dev.tributary.box.cache.FileTree;
import dev.tributary.box.cache.Tool;
import dev.tributary.box.layout.BoxLayout;
import dev.tributary.box.layout.Passwords;
import dev.tributary.box.part.Command;
import dev.tributary.box.part.Health;
import dev.tributary.box.part.Part;
import dev.tributary.box.pki.Pki;
import dev.tributary.box.pki.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** PostgreSQL with logical replication, TLS and passwords. It plays the databases of all clients. */
public final class PostgresServer implements Part {

    public static final String NAME = "postgres";

    private static final int MEMORY = 256;

    private final BoxLayout layout;
    private final Passwords passwords;
    private final Path programs;

    /**
     * @param programs the folder with bin, lib and share
     */
    public PostgresServer(BoxLayout layout, Passwords passwords, Path programs) {
        this.layout = layout;
        this.passwords = passwords;
        this.programs = programs;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String version() {
        return PostgresBinaries.VERSION;
    }

    @Override
    public int memoryBoundMegabytes() {
        return MEMORY;
    }

    @Override
    public Command command() throws IOException, InterruptedException {
        ServerAccount account = ServerAccount.choose();
        Path home = layout.data(NAME);
        Path data = home.resolve("state");
        if (!Files.exists(data)) {
            initialize(account, home, data);
        }
        Pki pki = new Pki(layout);
        Files.write(data.resolve("server.crt"), Files.readAllBytes(pki.certificate(NAME)));
        PrivateFile.write(data.resolve("server.key"), Files.readAllBytes(pki.key(NAME)));
        account.own(home);
        return new Command(account.run(serverCommand(data)), Map.of("TZ", "UTC"), home, Command.Ending.INTERRUPT);
    }

    private List<String> serverCommand(Path data) {
        List<String> command = new ArrayList<>(List.of(
                // A second time, inside: the kernel forgets the signal when a process changes its user.
                "setpriv",
                "--pdeathsig",
                "INT",
                "--",
                programs.resolve("bin/postgres").toString(),
                "-D",
                data.toString()));
        Map<String, String> settings = Map.ofEntries(
                Map.entry("listen_addresses", layout.address()),
                Map.entry("port", Integer.toString(BoxLayout.POSTGRES_PORT)),
                Map.entry("unix_socket_directories", ""),
                Map.entry("wal_level", "logical"),
                Map.entry("max_wal_senders", "40"),
                Map.entry("max_replication_slots", "40"),
                Map.entry("max_connections", "200"),
                // What counts against the memory bound: the rest are a few megabytes a connection.
                Map.entry("shared_buffers", "64MB"),
                Map.entry("max_wal_size", "512MB"),
                Map.entry("ssl", "on"),
                // A playground: a power cut may cost its last second.
                Map.entry("fsync", "off"),
                Map.entry("timezone", "UTC"),
                Map.entry("log_min_messages", "warning"));
        settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return command;
    }

    private void initialize(ServerAccount account, Path home, Path data) throws IOException, InterruptedException {
        Path fresh = home.resolve("initializing");
        FileTree.delete(fresh);
        Files.createDirectory(fresh);
        Path passwordFile = fresh.resolve("password");
        PrivateFile.write(passwordFile, passwords.postgres().getBytes(StandardCharsets.UTF_8));
        account.own(home);
        List<String> initdb = List.of(
                programs.resolve("bin/initdb").toString(),
                "--pgdata=" + fresh.resolve("state"),
                "--username=postgres",
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync");
        new Tool(account.run(initdb), home, Map.of("TZ", "UTC"), Duration.ofMinutes(2)).run(line -> {});
        Path access = fresh.resolve("state/pg_hba.conf");
        Files.writeString(access, """
                # Plain and TLS, always with a password.
                host all         all 127.0.0.0/8 scram-sha-256
                host replication all 127.0.0.0/8 scram-sha-256
                """);
        Files.move(fresh.resolve("state"), data);
        FileTree.delete(fresh);
    }

    @Override
    public Health health() {
        try (Connection connection = connect("postgres")) {
            return connection.isValid(3)
                    ? new Health.Healthy()
                    : new Health.Unhealthy("PostgreSQL does not answer a query within 3 s");
        } catch (SQLException e) {
            return new Health.Unhealthy("PostgreSQL: " + e.getMessage());
        }
    }

    @Override
    public void prepare() throws IOException {
        try (Connection connection = connect("postgres")) {
            new SampleDatabase(connection, passwords).ensure();
        } catch (SQLException e) {
            throw new IOException("cannot make the sample client's database: " + e.getMessage(), e);
        }
    }

    private Connection connect(String database) throws SQLException {
        return new PostgresAccess(layout, "postgres", passwords.postgres()).connect(database);
    }
}
