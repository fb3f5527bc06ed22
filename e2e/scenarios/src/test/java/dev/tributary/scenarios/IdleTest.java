package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A steady tenant costs nothing, whatever happens to the others meanwhile. */
@ExtendWith(BoxExtension.class)
class IdleTest {

    private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete", "deletecollection");

    private final TestBox box;

    IdleTest(TestBox box) {
        this.box = box;
    }

    @Test
    void idleTenantsCostNoWrite() {
        noWrite(2, Duration.ofSeconds(30));
    }

    @Test
    @Tag("long")
    void fiveIdleTenantsCostNoWriteInTwoMinutes() {
        noWrite(5, Duration.ofSeconds(120));
    }

    private void noWrite(int tenants, Duration time) {
        List<Client> clients =
                Stream.generate(() -> Client.create(box, "idle")).limit(tenants).toList();
        for (Client client : clients) {
            client.database().run("CREATE TABLE items (id int PRIMARY KEY)", "INSERT INTO items VALUES (1), (2), (3)");
            client.apply("items");
        }
        for (Client client : clients) {
            client.awaitReady();
            client.awaitCondition("SnapshotComplete", "True", "Streaming");
            client.awaitEqual("items", "id");
        }
        Instant settled = Instant.now().plusSeconds(5);

        await().pollDelay(time.plusSeconds(6))
                .atMost(time.plusSeconds(30))
                .untilAsserted(() -> assertThat(Instant.now()).isAfter(settled.plus(time)));

        assertThat(box.operatorRequests().stream()
                        .filter(r -> r.received().isAfter(settled))
                        .filter(r -> WRITES.contains(r.verb()))
                        .filter(r -> clients.stream().anyMatch(client -> r.uri().contains(client.name())))
                        .map(r -> r.verb() + " " + r.uri()))
                .isEmpty();
        clients.forEach(Client::deleteAndAwait);
    }

    /** Somebody stops and starts the connector behind Strimzi's back, every five seconds, for a minute. */
    @Test
    @Tag("long")
    void anEngineThatFlapsChangesTheStatusOnceAtMost() {
        Client client = Client.create(box, "flaps");
        client.database().run("CREATE TABLE items (id int PRIMARY KEY)", "INSERT INTO items VALUES (1)");
        client.apply("items");
        client.awaitReady();
        client.awaitCondition("SnapshotComplete", "True", "Streaming");
        client.awaitEqual("items", "id");
        String connector = client.pipeline().getStatus().effective().connector();
        Instant begin = Instant.now();
        AtomicInteger flips = new AtomicInteger();

        await().pollInterval(Duration.ofSeconds(5))
                .atMost(Duration.ofMinutes(2))
                .until(() -> {
                    box.connector(connector, flips.getAndIncrement() % 2 == 0 ? "pause" : "resume");
                    return flips.get() == 12;
                });

        assertThat(box.operatorRequests().stream()
                        .filter(r -> r.received().isAfter(begin))
                        .filter(r -> r.uri().contains(client.name() + "/tenantpipelines/main/status")))
                .hasSizeLessThan(2);
        client.awaitReady();
        client.deleteAndAwait();
    }
}
