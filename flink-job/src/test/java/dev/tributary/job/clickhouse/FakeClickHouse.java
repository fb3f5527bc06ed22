package dev.tributary.job.clickhouse;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tributary.job.change.NativeBlock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** ClickHouse's HTTP interface as far as the job goes: takes blocks, answers questions with bytes that it was given, or either with an error. */
public final class FakeClickHouse implements AutoCloseable {

    /** What a request carried. */
    record Insert(Map<String, String> parameters, byte[] block) {

        String statement() {
            return parameters.get("query");
        }

        String token() {
            return parameters.get("insert_deduplication_token");
        }

        List<Map<String, Object>> rows() {
            return NativeBlock.rows(block);
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Insert> accepted = Collections.synchronizedList(new ArrayList<>());
    private final List<Insert> refused = Collections.synchronizedList(new ArrayList<>());
    private final Queue<Integer> errors = new ArrayDeque<>();
    private final Queue<byte[]> answers = new ArrayDeque<>();
    private final List<Insert> questions = Collections.synchronizedList(new ArrayList<>());
    private final List<String> statements = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean alwaysFailing;

    public FakeClickHouse() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    public String url() {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort();
    }

    /** The next requests are answered with these error codes. */
    synchronized void failNext(int... codes) {
        for (int code : codes) {
            errors.add(code);
        }
    }

    /** The next question that no error answers is answered with these bytes. */
    synchronized void answerNext(byte[] answer) {
        answers.add(answer);
    }

    /** The questions about the tenant's tables that were answered. */
    List<String> questions() {
        return questions.stream()
                .map(question -> new String(question.block(), StandardCharsets.UTF_8))
                .filter(question -> !question.contains("`_tributary_acme`"))
                .toList();
    }

    /** The job's own tables are empty, and what is deleted says nothing. */
    private synchronized byte[] answer(String question) {
        boolean silent = question.contains("`_tributary_acme`") || question.startsWith("DELETE");
        return silent ? new byte[0] : answers.remove();
    }

    /** What was asked of it and done by it, from the first on: inserts by their statement, the rest as it is. */
    List<String> statements() {
        return List.copyOf(statements);
    }

    /** All requests from now on are answered with "too many parts". */
    void failAlways() {
        alwaysFailing = true;
    }

    List<Insert> accepted() {
        return List.copyOf(accepted);
    }

    List<Insert> refused() {
        return List.copyOf(refused);
    }

    private synchronized Integer nextError() {
        return alwaysFailing ? Integer.valueOf(252) : errors.poll();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Insert insert = new Insert(
                    parameters(exchange.getRequestURI().getRawQuery()),
                    exchange.getRequestBody().readAllBytes());
            Integer error = nextError();
            if (error == null && !insert.parameters().containsKey("query")) {
                questions.add(insert);
                statements.add(new String(insert.block(), StandardCharsets.UTF_8));
                byte[] answer = answer(new String(insert.block(), StandardCharsets.UTF_8));
                exchange.getResponseHeaders().set("X-ClickHouse-Format", "RowBinary");
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
                return;
            }
            if (error == null) {
                accepted.add(insert);
                statements.add(insert.statement());
                exchange.sendResponseHeaders(200, -1);
                return;
            }
            refused.add(insert);
            String repeated = insert.parameters().containsKey("query") ? "" : " to 'a value'";
            byte[] text = ("Code: " + error + ". DB::Exception: no" + repeated + " (version 26.7.2.1)")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("X-ClickHouse-Exception-Code", error.toString());
            exchange.sendResponseHeaders(500, text.length);
            exchange.getResponseBody().write(text);
        }
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : query.split("&")) {
            int equals = parameter.indexOf('=');
            parameters.put(
                    URLDecoder.decode(parameter.substring(0, equals), StandardCharsets.UTF_8),
                    URLDecoder.decode(parameter.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return parameters;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
