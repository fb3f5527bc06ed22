package dev.tributary.operator.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.operator.source.CaptureNames;
import dev.tributary.operator.source.CaptureNames.Management;
import dev.tributary.operator.source.CapturePlace;
import dev.tributary.operator.source.ServerIdentity;
import dev.tributary.operator.source.TlsMode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClaimedPipelineTest {

    private static final CapturePlace HERE = place("old.acme.svc", "shop");

    private final ClaimedPipeline begun = ClaimedPipeline.first("placeholder", "salt")
            .begun(new ServerIdentity("7", 1), HERE, List.of("public.orders"));

    @Test
    void snapshotsThatBrokeOffAreCountedOverEpochs() {
        ClaimedPipeline twice =
                begun.interrupted("broke off").nextEpoch(Map.of()).interrupted("broke off");

        assertThat(twice.epoch().interrupted()).isEqualTo(2);
        assertThat(twice.nextEpoch(Map.of()).completed().epoch().interrupted()).isZero();
    }

    @Test
    void whoAsksForAnEpochBeginsToCountAnew() {
        ClaimedPipeline asked =
                begun.interrupted("broke off").nextEpoch(Map.of()).renewing("somebody asks for it");

        assertThat(asked.epoch().interrupted()).isZero();
    }

    @Test
    void thePlaceIsThatOfTheEpoch() {
        CapturePlace wanted = place("new.acme.svc", "other");

        assertThat(begun.epoch().placeOr(wanted)).isEqualTo(HERE);
        assertThat(begun.nextEpoch(Map.of()).epoch().placeOr(wanted)).isEqualTo(wanted);
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
