package dev.tributary.box.part;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** Ways to ask a process whether it works; each answers within a few seconds. */
public final class Probe {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final HttpClient PLAIN =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    private Probe() {}

    /** Healthy when somebody accepts connections there. */
    public static Health port(String address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), (int) TIMEOUT.toMillis());
            return new Health.Healthy();
        } catch (IOException e) {
            return new Health.Unhealthy("nothing answers at " + address + ":" + port);
        }
    }

    /** Healthy when a GET answers 200. */
    public static Health http(String url) {
        return get(PLAIN, url);
    }

    /**
     * Healthy when a GET answers 200.
     *
     * @param tls whom to trust and who we are
     */
    public static Health https(String url, SSLContext tls) {
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(TIMEOUT).sslContext(tls).build()) {
            return get(client, url);
        }
    }

    private static Health get(HttpClient client, String url) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).GET().build();
        try {
            int status = client.send(request, BodyHandlers.discarding()).statusCode();
            return status == 200 ? new Health.Healthy() : new Health.Unhealthy(url + " answers " + status);
        } catch (IOException e) {
            return new Health.Unhealthy("no answer from " + url);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Health.Unhealthy("interrupted");
        }
    }
}
