package dev.tributary.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.api.v1alpha1.PipelineClassSpec.AllowedNamespaces;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassResolverTest {

    private static final Map<String, String> GOLD = Map.of("plan", "gold");

    @Test
    void anEmptySelectorAdmitsEveryNamespace() {
        assertThat(ClassResolver.admits(new AllowedNamespaces(new LabelSelector(), null), Map.of(), "acme"))
                .isTrue();
    }

    @Test
    void aSelectorAdmitsNamespacesWithItsLabelsOnly() {
        LabelSelector gold =
                new LabelSelectorBuilder().addToMatchLabels("plan", "gold").build();

        assertThat(ClassResolver.admits(new AllowedNamespaces(gold, null), GOLD, "acme"))
                .isTrue();
        assertThat(ClassResolver.admits(new AllowedNamespaces(gold, null), Map.of(), "acme"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "In, gold, true",
        "In, silver, false",
        "NotIn, gold, false",
        "NotIn, silver, true",
        "Exists, , true",
        "DoesNotExist, , false"
    })
    void expressionsMeanWhatKubernetesSays(String operator, String value, boolean admitted) {
        LabelSelector selector = new LabelSelectorBuilder()
                .addNewMatchExpression()
                .withKey("plan")
                .withOperator(operator)
                .withValues(value == null ? List.of() : List.of(value))
                .endMatchExpression()
                .build();

        assertThat(ClassResolver.admits(new AllowedNamespaces(selector, null), GOLD, "acme"))
                .isEqualTo(admitted);
    }

    @ParameterizedTest
    @CsvSource({"acme, acme, true", "acme, acme2, false", "acme-*, acme-eu, true", "acme-*, acme, false", "*, any, true"
    })
    void tenantPatternsAreAnchored(String pattern, String tenant, boolean admitted) {
        AllowedNamespaces allowed = new AllowedNamespaces(new LabelSelector(), List.of(pattern));

        assertThat(ClassResolver.admits(allowed, Map.of(), tenant)).isEqualTo(admitted);
    }
}
