package dev.tributary.box.standin.flinkoperator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tributary.box.standin.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Flink's REST API, the calls that the operator makes. */
final class FlinkRest {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    /** Running a jar runs its main method, which may ask other systems. */
    private static final Duration SUBMISSION = Duration.ofSeconds(60);

    private static final Set<String> ENDED = Set.of("CANCELED", "FAILED", "FINISHED");
    private static final Duration SAVEPOINT = Duration.ofMinutes(2);

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(2))
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    private final URI url;

    FlinkRest(URI url) {
        this.url = url;
    }

    /**
     * A job as the JobManager knows it.
     *
     * @param state Flink's word, such as RUNNING
     * @param startTime milliseconds since the epoch
     */
    record Job(String name, String state, long startTime) {}

    /** How to run a jar. */
    record Submission(
            String jobId,
            String entryClass,
            List<String> arguments,
            int parallelism,
            Optional<String> restoreFrom,
            boolean allowNonRestoredState) {}

    /** The job, empty when the JobManager does not know it. */
    Optional<Job> job(String jobId) throws IOException, InterruptedException {
        for (JsonNode job : send("GET", "/jobs/overview", null, LIMIT).path("jobs")) {
            if (job.path("jid").asText().equals(jobId)) {
                return Optional.of(new Job(
                        job.path("name").asText(),
                        job.path("state").asText(),
                        job.path("start-time").asLong()));
            }
        }
        return Optional.empty();
    }

    /** Flink's version and revision, as {@code status.clusterInfo} has them. */
    JsonNode config() throws IOException, InterruptedException {
        return send("GET", "/config", null, LIMIT);
    }

    /** The newest failure of a job, or a missing node. */
    JsonNode newestFailure(String jobId) throws IOException, InterruptedException {
        return send("GET", "/jobs/" + jobId + "/exceptions?maxExceptions=1", null, LIMIT)
                .path("exceptionHistory")
                .path("entries")
                .path(0);
    }

    void run(String jarId, Submission submission) throws IOException, InterruptedException {
        ObjectNode body = Json.object();
        body.put("jobId", submission.jobId()).put("parallelism", submission.parallelism());
        if (!submission.entryClass().isEmpty()) {
            body.put("entryClass", submission.entryClass());
        }
        submission.arguments().forEach(body.putArray("programArgsList")::add);
        submission.restoreFrom().ifPresent(path -> body.put("savepointPath", path));
        body.put("allowNonRestoredState", submission.allowNonRestoredState());
        send("POST", "/jars/" + jarId + "/run", body, SUBMISSION);
    }

    void cancel(String jobId) throws IOException, InterruptedException {
        send("PATCH", "/jobs/" + jobId + "?mode=cancel", null, LIMIT);
    }

    /** Waits a few seconds for a job that was cancelled. */
    void awaitEnd(String jobId) throws IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        CountDownLatch never = new CountDownLatch(1);
        while (System.nanoTime() < end
                && job(jobId).filter(job -> !ENDED.contains(job.state())).isPresent()) {
            if (never.await(100, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
    }

    /**
     * Stops a job with a savepoint.
     *
     * @return where the savepoint is
     * @throws IOException also when the savepoint failed; the job then runs on
     */
    String stopWithSavepoint(String jobId, String directory) throws IOException, InterruptedException {
        ObjectNode body = Json.object().put("targetDirectory", directory).put("drain", false);
        String trigger = send("POST", "/jobs/" + jobId + "/stop", body, LIMIT)
                .path("request-id")
                .asText();
        long end = System.nanoTime() + SAVEPOINT.toNanos();
        CountDownLatch never = new CountDownLatch(1);
        while (System.nanoTime() < end) {
            JsonNode savepoint = send("GET", "/jobs/" + jobId + "/savepoints/" + trigger, null, LIMIT);
            if (savepoint.path("status").path("id").asText().equals("COMPLETED")) {
                JsonNode location = savepoint.path("operation").path("location");
                if (location.isTextual()) {
                    return location.asText();
                }
                throw new IOException("The savepoint failed: "
                        + firstLine(savepoint
                                .path("operation")
                                .path("failure-cause")
                                .path("stack-trace")
                                .asText()));
            }
            if (never.await(200, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        throw new IOException("The savepoint was not complete after " + SAVEPOINT.toSeconds() + " s");
    }

    private JsonNode send(String method, String path, @Nullable JsonNode body, Duration limit)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url.resolve(path)).timeout(limit).header("Content-Type", "application/json");
        HttpResponse<String> response = HTTP.send(
                request.method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new Answer(response.statusCode(), reason(response.body()));
        }
        return response.body().isBlank() ? Json.object() : Json.parse(response.body());
    }

    /** The innermost cause in Flink's list of stack traces. */
    private static String reason(String body) {
        String reason = firstLine(body);
        try {
            for (JsonNode error : Json.parse(body).path("errors")) {
                for (String line : error.asText().split("\n")) {
                    if (line.startsWith("Caused by: ")) {
                        reason = line.substring("Caused by: ".length());
                    }
                }
            }
        } catch (IllegalArgumentException notJson) {
            return reason;
        }
        return reason;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    /** Flink answered with an error; the message is the innermost cause. */
    static final class Answer extends IOException {
        private final int statusCode;

        Answer(int statusCode, String message) {
            super(message);
            this.statusCode = statusCode;
        }

        int statusCode() {
            return statusCode;
        }
    }
}
