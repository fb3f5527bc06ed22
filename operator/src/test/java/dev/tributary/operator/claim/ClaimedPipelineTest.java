package dev.tributary.operator.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.operator.source.CaptureNames;
import dev.tributary.operator.source.CaptureNames.Management;
import dev.tributary.operator.source.CapturePlace;
import dev.tributary.operator.source.ServerIdentity;
import dev.tributary.operator.source.TlsMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClaimedPipelineTest {

    private static final CapturePlace HERE = place("old.acme.svc", "shop");

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final ClaimedPipeline begun = ClaimedPipeline.first("placeholder", "salt")
            .begun(new ServerIdentity("7", 1), HERE, List.of("public.orders"), Map.of());

    @Test
    void snapshotsThatBrokeOffAreCountedOverEpochs() {
        ClaimedPipeline twice =
                begun.interrupted("broke off", NOW).nextEpoch(Map.of()).interrupted("broke off", NOW);

        assertThat(twice.epoch().interrupted()).isEqualTo(2);
        assertThat(twice.nextEpoch(Map.of()).completed().epoch().interrupted()).isZero();
    }

    @Test
    void whoAsksForAnEpochBeginsToCountAnew() {
        ClaimedPipeline asked =
                begun.interrupted("broke off", NOW).nextEpoch(Map.of()).renewing("somebody asks for it", NOW);

        assertThat(asked.epoch().interrupted()).isZero();
    }

    @Test
    void thePlaceIsThatOfTheEpoch() {
        CapturePlace wanted = place("new.acme.svc", "other");

        assertThat(begun.epoch().placeOr(wanted)).isEqualTo(HERE);
        assertThat(begun.nextEpoch(Map.of()).epoch().placeOr(wanted)).isEqualTo(wanted);
    }

    @Test
    void aTableIsCapturedWithTheKeyItBeganWith() {
        Epoch epoch = ClaimedPipeline.first("placeholder", "salt")
                .begun(
                        new ServerIdentity("7", 1),
                        HERE,
                        List.of("public.orders", "public.lines"),
                        Map.of("public.lines", List.of("a", "b")))
                .epoch();

        assertThat(epoch.tablesWith(Map.of("public.lines", List.of("a", "b"))))
                .containsExactlyInAnyOrder("public.orders", "public.lines");
        assertThat(epoch.tablesWith(Map.of("public.lines", List.of("a")))).containsExactly("public.orders");
        assertThat(epoch.tablesWith(Map.of())).containsExactly("public.orders");
    }

    @Test
    void aPlaceThatWasTakenAwayIsForgotten() {
        CapturePlace wanted = place("new.acme.svc", "other");

        assertThat(begun.letGo().epoch().placeOr(wanted)).isEqualTo(wanted);
    }

    @Test
    void aRenewalIsWaitedForSinceItWasFirstAskedFor() {
        ClaimedPipeline later = begun.renewing("first", NOW).renewing("second", NOW.plusSeconds(60));

        assertThat(later.renewal()).isEqualTo("first");
        assertThat(later.renewalSince()).isEqualTo(NOW.toString());
    }

    @Test
    void theServerThatAnswersMayNotBeTheOneThatHasTheSlot() {
        assertThat(begun.epoch().isOnOtherServerThan(Optional.of(new ServerIdentity("8", 1))))
                .isTrue();
        assertThat(begun.epoch().isOnOtherServerThan(Optional.of(new ServerIdentity("7", 1))))
                .isFalse();
        assertThat(begun.epoch().isOnOtherServerThan(Optional.empty())).isFalse();
    }

    @Test
    void anotherHostMayLeadToTheSameDatabase() {
        assertThat(begun.epoch().readsOtherDatabaseThan(place("new.acme.svc", "shop")))
                .isFalse();
        assertThat(begun.epoch().readsOtherDatabaseThan(place("old.acme.svc", "other")))
                .isTrue();
    }

    private static CapturePlace place(String host, String database) {
        return new CapturePlace(
                host,
                5432,
                database,
                TlsMode.REQUIRE,
                new CaptureNames("slot", "publication", Management.MANAGED, "acme/shop"));
    }
}
