package dev.tributary.bench.job;

import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Inserts into the table orders without any of the job's code, as the user of the environment.
 *
 * @param url ClickHouse's HTTP endpoint
 */
record ClickHouseHttp(URI url) implements Serializable {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /**
     * Returns when the rows are in.
     *
     * @param format ClickHouse's name of the body's format
     */
    void insert(String format, byte[] body) throws IOException, InterruptedException {
        String query = URLEncoder.encode("INSERT INTO bench.orders FORMAT " + format, StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(url.resolve(
                        "/?async_insert=0&optimize_on_insert=0" + "&date_time_input_format=best_effort&query=" + query))
                .timeout(Duration.ofMinutes(1))
                .header("X-ClickHouse-User", System.getenv("CLICKHOUSE_USER"))
                .header("X-ClickHouse-Key", System.getenv("CLICKHOUSE_PASSWORD"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("ClickHouse: " + response.body().strip());
        }
    }
}
