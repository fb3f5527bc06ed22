package dev.tributary.scenarios;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Users of the box's ClickHouse, in a file of its configuration: the library that it is made of has no place for users that
 * SQL makes. It reads the file when it starts, so each change kills it.
 */
final class ClickHouseUsers {

    static final String PASSWORD = "secret";

    /** What a user may not. */
    enum Limit {
        READ_ONLY("<readonly>2</readonly>", ""),
        NOTHING_TO_BE_WRITTEN("", "<interval><duration>3600</duration><written_bytes>1</written_bytes></interval>");

        private final String profile;
        private final String quota;

        Limit(String profile, String quota) {
            this.profile = profile;
            this.quota = quota;
        }
    }

    private final TestBox box;
    private final List<String> names;
    private final Path file;

    ClickHouseUsers(TestBox box, List<String> names) throws IOException {
        this.box = box;
        this.names = names;
        file = box.layout().data("clickhouse").resolve("etc/users.d/scenario.xml");
    }

    /** Has ClickHouse start with these users, each with a profile and a quota of its own. */
    void write(Map<String, Limit> limits) throws IOException {
        StringBuilder profiles = new StringBuilder();
        StringBuilder quotas = new StringBuilder();
        StringBuilder users = new StringBuilder();
        for (String name : names) {
            Limit limit = limits.get(name);
            profiles.append("<%1$s>%2$s</%1$s>".formatted(name, limit == null ? "" : limit.profile));
            quotas.append("<%1$s>%2$s</%1$s>".formatted(name, limit == null ? "" : limit.quota));
            users.append("""
                    <%1$s><password>%2$s</password><networks><ip>127.0.0.0/8</ip></networks><profile>%1$s</profile>
                    <quota>%1$s</quota><access_management>1</access_management></%1$s>
                    """.formatted(name, PASSWORD));
        }
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "<clickhouse><profiles>" + profiles + "</profiles><quotas>" + quotas + "</quotas><users>" + users
                        + "</users></clickhouse>");
        restart();
    }

    void remove() throws IOException {
        Files.delete(file);
        restart();
    }

    private void restart() {
        box.kill("clickhouse");
        box.awaitHealthy("clickhouse");
    }
}
