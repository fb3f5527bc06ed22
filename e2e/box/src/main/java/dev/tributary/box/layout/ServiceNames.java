package dev.tributary.box.layout;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names that services would have on a cluster: on the box all mean its one address. */
public final class ServiceNames {

    /** Each sample's database. */
    public static final List<String> POSTGRES = List.of("shop-db.acme.svc", "warehouse-db.globex.svc");

    private static final List<String> OTHERS =
            List.of("events-kafka-bootstrap.kafka.svc", "connect-connect-api.kafka.svc", "clickhouse.clickhouse.svc");

    private ServiceNames() {}

    /** Writes the file that the JVMs of the box resolve names by; they ask nobody else. */
    public static void write(BoxLayout layout) throws IOException {
        // A JVM with such a file does not even know its own machine's name otherwise.
        String machine = InetAddress.getLocalHost().getHostName();
        String lines = Stream.concat(POSTGRES.stream(), OTHERS.stream())
                .map(name -> layout.address() + " " + name + "\n")
                .collect(Collectors.joining());
        Files.writeString(layout.hostsFile(), lines + layout.address() + " " + machine + "\n127.0.0.1 localhost\n");
    }
}
