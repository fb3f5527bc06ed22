package dev.tributary.scenarios;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/**
 * Asks ClickHouse over HTTP, as an analyst would.
 *
 * @param url the endpoint
 * @param user the user
 * @param password its password
 */
public record ClickHouseQueries(String url, String user, String password) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    /** The answer as text, without the last line's end. */
    public String ask(String query) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(60))
                .header("X-ClickHouse-User", user)
                .header("X-ClickHouse-Key", password)
                .POST(HttpRequest.BodyPublishers.ofString(query))
                .build();
        try {
            HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new AssertionError("ClickHouse: " + response.body().strip());
            }
            return response.body().strip();
        } catch (IOException e) {
            throw new AssertionError("ClickHouse does not answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    public List<String> lines(String query) {
        String answer = ask(query);
        return answer.isEmpty() ? List.of() : answer.lines().toList();
    }
}
