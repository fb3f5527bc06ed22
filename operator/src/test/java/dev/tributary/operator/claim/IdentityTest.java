package dev.tributary.operator.claim;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class IdentityTest {

    @Test
    void joinedNamesDoNotMeet() {
        Identity one = new Identity("a-b", "ns", "c");
        Identity other = new Identity("a", "ns", "b-c");

        assertThat(one.resourceName()).isNotEqualTo(other.resourceName());
        assertThat(one.slot()).isNotEqualTo(other.slot());
    }

    @Test
    void topicResourceNamesOfTopicsThatDifferInCaseDoNotMeet() {
        Identity identity = new Identity("acme", "ns", "shop");

        assertThat(identity.topicResourceName("acme.shop.public.Orders"))
                .isNotEqualTo(identity.topicResourceName("acme.shop.public.orders"));
    }

    @Property
    void namesKeepToTheEnginesLimits(@ForAll("tenants") String tenant, @ForAll("names") String name) {
        Identity identity = new Identity(tenant, "ns", name);

        assertThat(identity.resourceName()).matches("[a-z]([-a-z0-9]{0,43}[a-z0-9])?");
        assertThat(identity.slot()).matches("[a-z0-9_]{1,63}");
        assertThat(identity.topicResourceName(identity.topicPrefix() + ".public." + "x".repeat(300)))
                .hasSizeLessThanOrEqualTo(253)
                .matches("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");
        assertThat(identity.topicResourceName("__debezium-heartbeat." + identity.topicPrefix() + "._-x."))
                .matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
        assertThat(identity.database()).matches("[a-z][a-z0-9_]*");
    }

    @Provide
    Arbitrary<String> tenants() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .numeric()
                .withChars('-')
                .ofMaxLength(24)
                .filter(t -> t.matches("[a-z]([-a-z0-9]{0,22}[a-z0-9])?"));
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .numeric()
                .withChars('-')
                .ofMinLength(1)
                .ofMaxLength(40)
                .filter(t -> t.matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?"));
    }
}
