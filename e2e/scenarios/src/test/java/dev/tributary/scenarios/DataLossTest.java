package dev.tributary.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What breaks the line of changes stops the pipeline; nothing is resumed silently, and the way out ends well. */
@ExtendWith(BoxExtension.class)
class DataLossTest {

    private final TestBox box;

    DataLossTest(TestBox box) {
        this.box = box;
    }

    @Test
    void aSlotThatWasDropped() {
        Client client = onboarded();
        String slot = client.pipeline().getStatus().effective().slot();

        box.dropSlot(slot);

        // The slot, and the range as far as it is known.
        assertThat(client.awaitCondition("DataLoss", "True", "SlotMissing"))
                .contains(slot)
                .containsPattern("changes from 0/\\w+ to 0/\\w+ are lost");
        client.awaitCondition("Ready", "False", "SlotMissing");
        client.awaitCondition("Stalled", "True", "SlotMissing");
        wayOut(client);
    }

    @Test
    @Tag("long")
    void aSlotThatWasMadeAgainByHand() {
        Client client = onboarded();
        String slot = client.pipeline().getStatus().effective().slot();

        box.dropSlot(slot);
        client.database()
                .run(
                        "DELETE FROM items WHERE id = 1",
                        "SELECT pg_create_logical_replication_slot('" + slot + "', 'pgoutput')");

        // Whoever looks in between sees that it is missing.
        assertThat(client.awaitStatus("DataLoss", "True").getReason()).isIn("PositionLost", "SlotMissing");
        wayOut(client);
    }

    @Test
    @Tag("long")
    void aPublicationThatWasDropped() {
        Client client = onboarded();
        String publication = client.pipeline().getStatus().effective().publication();

        // The change makes the connector look at its publication.
        client.database().run("DROP PUBLICATION " + publication, "DELETE FROM items WHERE id = 50");

        assertThat(client.awaitCondition("DataLoss", "True", "PublicationMissing"))
                .contains(publication);
        wayOut(client);
    }

    /** The look at the source is not more often than once a minute when all is well. */
    @Test
    @Tag("long")
    void aPublicationThatWasAltered() {
        Client client = onboarded();
        String publication = client.pipeline().getStatus().effective().publication();

        client.database().run("ALTER PUBLICATION " + publication + " SET TABLE items WHERE (id > 50)");

        assertThat(client.awaitCondition("DataLoss", "True", "PublicationAltered"))
                .contains("has a row filter on table public.items");
        wayOut(client);
    }

    /** Resuming changes the connector, and a publication that were put right first would hide what it left out. */
    @Test
    @Tag("long")
    void aPublicationThatWasAlteredDuringAPause() {
        Client client = onboarded();
        String publication = client.pipeline().getStatus().effective().publication();
        client.pause("items");
        client.database()
                .run(
                        "ALTER PUBLICATION " + publication + " SET (publish = 'insert')",
                        "DELETE FROM items WHERE id = 1");

        client.apply("items");

        client.awaitCondition("DataLoss", "True", "PublicationAltered");
        wayOut(client);
    }

    /** Made again and left to the stream, it would hold only what changes from then on. */
    @Test
    @Tag("long")
    void aTargetThatWasDroppedIsFilledAgain() {
        Client client = onboarded();

        box.clickHouse().ask("DROP TABLE " + client.sink("items"));

        client.awaitEpoch(2);
        client.awaitReady();
        assertThat(client.differences("items", "id")).isEmpty();
        client.deleteAndAwait();
    }

    @Test
    @Tag("long")
    void recordsThatExpiredBeforeTheJobReadThem() {
        Client client = onboarded();
        client.pause("items");

        box.kafka().expire(client.name() + ".main.public.items");

        client.apply("items");
        client.awaitCondition("DataLoss", "True", "OffsetsExpired");
        wayOut(client);
    }

    private Client onboarded() {
        Client client = Client.create(box, "loss");
        client.database()
                .run(
                        "CREATE TABLE items (id int PRIMARY KEY, note text)",
                        "INSERT INTO items SELECT n, 'note ' || n FROM generate_series(1, 100) n");
        client.apply("items");
        client.awaitReady();
        client.awaitCondition("SnapshotComplete", "True", "Streaming");
        client.awaitEqual("items", "id");
        return client;
    }

    private void wayOut(Client client) {
        client.database()
                .run(
                        "DELETE FROM items WHERE id <= 10",
                        "UPDATE items SET note = 'other' WHERE id = 11",
                        "INSERT INTO items VALUES (101, 'new')");
        int epoch = client.pipeline().getStatus().effective().epoch();

        client.annotate("tributary.dev/resnapshot", Integer.toString(epoch + 1));

        client.awaitReady();
        client.awaitCondition("DataLoss", "False", "NoLossKnown");
        assertThat(client.differences("items", "id")).isEmpty();
        client.deleteAndAwait();
    }
}
