package dev.tributary.operator.condition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.api.v1alpha1.PipelineClassCondition;
import dev.tributary.operator.GeneratedPart;
import dev.tributary.operator.condition.FailureModes.Explanation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/reference.md tells every condition, reason and mark, and docs/failure-modes.md explains every reason. */
class ReferencePageTest {

    @Test
    void thePageTellsEveryCondition() throws IOException {
        GeneratedPart.of("reference.md", "conditions")
                .assertIs(conditions("TenantPipeline", Arrays.stream(ConditionType.values()), ConditionType::meaning)
                        + conditions(
                                "PipelineClass",
                                Arrays.stream(PipelineClassCondition.values()),
                                PipelineClassCondition::meaning)
                        + "\n");
    }

    @Test
    void thePageTellsEveryReason() throws IOException {
        FailureModes page = FailureModes.read();

        GeneratedPart.of("reference.md", "reasons")
                .assertIs("\n| reason | condition | takes | explained |\n|---|---|---|---|\n"
                        + Arrays.stream(Reason.values())
                                .map(reason -> "| `%s` | %s | %s | %s |\n"
                                        .formatted(reason, carriers(reason), takes(reason), links(page.of(reason))))
                                .collect(Collectors.joining())
                        + "\n");
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyReasonIsExplained(Reason reason) throws IOException {
        assertThat(FailureModes.read().of(reason))
                .as("docs/failure-modes.md needs a row for reason " + reason)
                .isNotEmpty();
    }

    /** A section with a condition's name holds reasons of that condition, and no section one that is no more. */
    @Test
    void whatIsExplainedIsAReasonAndUnderItsCondition() throws IOException {
        Map<String, Set<String>> conditions = Arrays.stream(Reason.values())
                .collect(Collectors.toMap(
                        Enum::name,
                        reason -> reason.conditions().stream().map(Enum::name).collect(Collectors.toSet())));
        Set<String> sections =
                Arrays.stream(ConditionType.values()).map(Enum::name).collect(Collectors.toSet());

        assertThat(FailureModes.read().explanations()).allSatisfy(explained -> {
            assertThat(conditions).containsKey(explained.reason());
            if (sections.contains(explained.section())) {
                assertThat(conditions.get(explained.reason())).contains(explained.section());
            }
        });
    }

    @Test
    void thePageTellsEveryAnnotationLabelAndFinalizer() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "reference.md"));
        Set<String> inCode = new TreeSet<>();
        for (String module : List.of("crds", "operator")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    inCode.addAll(marks("\"", Files.readString(file)));
                }
            }
        }

        assertThat(marks("`", page)).containsExactlyInAnyOrderElementsOf(inCode);
    }

    private static Set<String> marks(String quote, String text) {
        return Pattern.compile(quote + "(tributary\\.dev/(?!v1)[a-z-]+)" + quote)
                .matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static <T extends Enum<T>> String conditions(
            String kind, Stream<T> conditions, Function<T, String> meaning) {
        return "\n| " + kind + " | True means |\n|---|---|\n"
                + conditions
                        .map(condition -> "| `%s` | %s |\n".formatted(condition, meaning.apply(condition)))
                        .collect(Collectors.joining());
    }

    private static String carriers(Reason reason) {
        if (reason.conditions().isEmpty()) {
            return "of a PipelineClass";
        }
        Set<ConditionType> left = new LinkedHashSet<>(reason.conditions());
        boolean everyStage = left.containsAll(ConditionType.stages());
        if (everyStage) {
            left.removeAll(ConditionType.stages());
        }
        return Stream.concat(
                        everyStage ? Stream.of("every stage") : Stream.of(),
                        left.stream().map(condition -> "`" + condition + "`"))
                .collect(Collectors.joining(", "));
    }

    private static String takes(Reason reason) {
        return switch (reason.remedy()) {
            case NONE -> "nothing";
            case TIME -> "time";
            case PERSON -> "a person";
        };
    }

    private static String links(List<Explanation> explanations) {
        return explanations.stream().map(Explanation::link).distinct().collect(Collectors.joining(", "));
    }
}
