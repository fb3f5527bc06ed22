package dev.tributary.box.onboarding;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Counts rows in ClickHouse as an analyst would see them: the newest of each key, deleted ones not. */
final class SinkCounts {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final String url;
    private final String user;
    private final String password;

    SinkCounts(String url, String user, String password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    long rows(String database, String table) throws IOException, InterruptedException {
        String query = "SELECT count() FROM " + quoted(database) + "." + quoted(table) + " FINAL";
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(TIMEOUT)
                .header("X-ClickHouse-User", user)
                .header("X-ClickHouse-Key", password)
                .POST(BodyPublishers.ofString(query))
                .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("ClickHouse does not count " + database + "." + table + ": " + response.body());
        }
        return Long.parseLong(response.body().strip());
    }

    private static String quoted(String identifier) {
        return "`" + identifier.replace("\\", "\\\\").replace("`", "\\`") + "`";
    }
}
