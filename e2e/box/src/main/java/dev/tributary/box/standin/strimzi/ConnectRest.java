package dev.tributary.box.standin.strimzi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.box.standin.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Kafka Connect's REST API, the calls that Strimzi makes. */
final class ConnectRest implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final URI url;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(3))
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    ConnectRest(URI url) {
        this.url = url;
    }

    JsonNode worker() throws IOException, InterruptedException {
        return body(request("GET", "/", null), Set.of(200));
    }

    JsonNode connectorPlugins() throws IOException, InterruptedException {
        return body(request("GET", "/connector-plugins", null), Set.of(200));
    }

    List<String> connectors() throws IOException, InterruptedException {
        List<String> names = new ArrayList<>();
        body(request("GET", "/connectors", null), Set.of(200)).forEach(name -> names.add(name.asText()));
        return names;
    }

    /** The configuration that the connector runs with, empty when there is no such connector. */
    Optional<JsonNode> config(String connector) throws IOException, InterruptedException {
        return ifThere(request("GET", path(connector, "/config"), null));
    }

    /** Empty while a connector that was just created is not assigned yet. */
    Optional<JsonNode> status(String connector) throws IOException, InterruptedException {
        return ifThere(request("GET", path(connector, "/status"), null));
    }

    JsonNode topics(String connector) throws IOException, InterruptedException {
        return body(request("GET", path(connector, "/topics"), null), Set.of(200))
                .path(connector)
                .path("topics");
    }

    JsonNode offsets(String connector) throws IOException, InterruptedException {
        return body(request("GET", path(connector, "/offsets"), null), Set.of(200));
    }

    /**
     * Creates a connector.
     *
     * @param initialState in capitals, or null for Connect's default
     */
    void create(String connector, ObjectNode config, @Nullable String initialState)
            throws IOException, InterruptedException {
        ObjectNode body = Json.object();
        body.put("name", connector);
        body.set("config", config);
        if (initialState != null) {
            body.put("initial_state", initialState);
        }
        body(request("POST", "/connectors", body), Set.of(201));
    }

    void update(String connector, ObjectNode config) throws IOException, InterruptedException {
        body(request("PUT", path(connector, "/config"), config), Set.of(200, 201));
    }

    /** One of {@code pause}, {@code resume}, {@code stop}. */
    void changeState(String connector, String verb) throws IOException, InterruptedException {
        body(request("PUT", path(connector, "/" + verb), null), Set.of(202, 204));
    }

    /** The status as Connect gives it back when it plans the restart; empty when it gives none. */
    JsonNode restart(String connector, boolean includeTasks, boolean onlyFailed)
            throws IOException, InterruptedException {
        String query = "?includeTasks=" + includeTasks + "&onlyFailed=" + onlyFailed;
        return body(request("POST", path(connector, "/restart" + query), null), Set.of(202, 204));
    }

    void restartTask(String connector, int task) throws IOException, InterruptedException {
        body(request("POST", path(connector, "/tasks/" + task + "/restart"), null), Set.of(202, 204));
    }

    void alterOffsets(String connector, JsonNode offsets) throws IOException, InterruptedException {
        body(request("PATCH", path(connector, "/offsets"), offsets), Set.of(200));
    }

    void resetOffsets(String connector) throws IOException, InterruptedException {
        body(request("DELETE", path(connector, "/offsets"), null), Set.of(200));
    }

    /** Its offsets stay. */
    void delete(String connector) throws IOException, InterruptedException {
        body(request("DELETE", path(connector, ""), null), Set.of(204, 404));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private static String path(String connector, String rest) {
        return "/connectors/"
                + URLEncoder.encode(connector, StandardCharsets.UTF_8).replace("+", "%20") + rest;
    }

    private HttpRequest request(String method, String path, @Nullable JsonNode body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url.resolve(path)).timeout(LIMIT).header("Accept", "application/json");
        if (body == null) {
            return request.method(method, HttpRequest.BodyPublishers.noBody()).build();
        }
        return request.header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
    }

    private Optional<JsonNode> ifThere(HttpRequest request) throws IOException, InterruptedException {
        try {
            return Optional.of(body(request, Set.of(200)));
        } catch (ConnectRestException e) {
            if (e.statusCode() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private JsonNode body(HttpRequest request, Set<Integer> expected) throws IOException, InterruptedException {
        HttpResponse<String> response = send(request);
        if (!expected.contains(response.statusCode())) {
            throw new ConnectRestException(
                    request.method(), request.uri().getPath(), response.statusCode(), message(response.body()));
        }
        return response.body().isBlank() ? Json.object() : Json.parse(response.body());
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (ConnectException e) {
            // Java's own has no message; Strimzi's client says it so.
            throw new ConnectException("Connection refused: " + url.getAuthority());
        }
    }

    private static String message(String body) {
        try {
            return Json.parse(body).path("message").asText("Unknown error message");
        } catch (IllegalArgumentException notJson) {
            return "Unknown error message";
        }
    }
}
