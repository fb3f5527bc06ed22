package dev.tributary.scenarios;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Asks a Prometheus.
 *
 * @param url where it listens
 */
record PrometheusQueries(String url) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The labels of each series that a query finds now. */
    List<Map<String, String>> series(String query) {
        List<Map<String, String>> found = new ArrayList<>();
        for (JsonNode series : ask("query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8))
                .path("result")) {
            found.add(JSON.convertValue(
                    series.path("metric"),
                    JSON.getTypeFactory().constructMapType(Map.class, String.class, String.class)));
        }
        return found;
    }

    /** The alerts of a name that fire now. */
    List<Map<String, String>> firing(String alert) {
        return series("ALERTS{alertstate=\"firing\", alertname=\"" + alert + "\"}");
    }

    /** The names of all metrics of a job. */
    List<String> names(String job) {
        List<String> names = new ArrayList<>();
        String selector = URLEncoder.encode("{job=\"" + job + "\"}", StandardCharsets.UTF_8);
        ask("label/__name__/values?match[]=".replace("[]", "%5B%5D") + selector).forEach(n -> names.add(n.asText()));
        return names;
    }

    private JsonNode ask(String what) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/api/v1/" + what))
                .timeout(Duration.ofSeconds(30))
                .build();
        try {
            JsonNode answer = JSON.readTree(
                    HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
            if (!answer.path("status").asText().equals("success")) {
                throw new AssertionError(what + ": " + answer.path("error").asText());
            }
            return answer.path("data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
