package dev.tributary.scenarios;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A request that the API server has answered, from its audit log.
 *
 * @param event audit.k8s.io/v1 Event
 */
public record ApiRequest(JsonNode event) {

    private static final JsonMapper JSON = new JsonMapper();

    /** All of a user so far, the oldest first. */
    static List<ApiRequest> read(Path auditLog, String username) {
        String user = "\"username\":\"" + username + "\"";
        return files(auditLog)
                .flatMap(file -> lines(file).filter(line -> line.contains(user)))
                .map(line -> new ApiRequest(parse(line)))
                .filter(ApiRequest::isAnswered)
                .toList();
    }

    /** The API server starts a new file now and then, and puts the time into the old one's name. */
    private static Stream<Path> files(Path auditLog) {
        String name = auditLog.getFileName().toString();
        String stem = name.substring(0, name.lastIndexOf('.'));
        try (Stream<Path> siblings = Files.list(auditLog.getParent())) {
            List<Path> old = siblings.filter(f -> f.getFileName().toString().startsWith(stem + "-")
                            && f.getFileName().toString().endsWith(name.substring(stem.length())))
                    .sorted()
                    .toList();
            return Stream.concat(old.stream(), Stream.of(auditLog));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A watch is answered when it begins, and any other request once it is complete. */
    private boolean isAnswered() {
        String stage = event.path("stage").asText();
        return verb().equals("watch") ? stage.equals("ResponseStarted") : stage.equals("ResponseComplete");
    }

    /** When the API server had it. */
    public Instant received() {
        return Instant.parse(event.path("requestReceivedTimestamp").asText());
    }

    /** The HTTP status of the answer. */
    public int code() {
        return event.path("responseStatus").path("code").asInt();
    }

    public String verb() {
        return event.path("verb").asText();
    }

    public String uri() {
        return event.path("requestURI").asText();
    }

    /** As in a rule of RBAC: {@code tenantpipelines/status}. */
    public String resource() {
        JsonNode object = event.path("objectRef");
        String subresource = object.path("subresource").asText();
        return object.path("resource").asText() + (subresource.isEmpty() ? "" : "/" + subresource);
    }

    /** Empty for what is in none. */
    public String namespace() {
        return event.path("objectRef").path("namespace").asText();
    }
}
