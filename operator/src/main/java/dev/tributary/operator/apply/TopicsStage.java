package dev.tributary.operator.apply;

import dev.tributary.operator.condition.ConditionType;
import dev.tributary.operator.condition.Reason;
import dev.tributary.operator.condition.StageResult;
import dev.tributary.operator.kafka.Brokers;
import dev.tributary.operator.kafka.KafkaTopic;
import dev.tributary.operator.kafka.Strimzi.Verdict;
import dev.tributary.operator.kubernetes.Children;
import dev.tributary.operator.kubernetes.Children.Written;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The KafkaTopics. */
@ApplicationScoped
public class TopicsStage implements Stage {

    private final Children children;
    private final Brokers brokers;

    TopicsStage(Children children, Brokers brokers) {
        this.children = children;
        this.brokers = brokers;
    }

    @Override
    public ConditionType condition() {
        return ConditionType.KafkaReady;
    }

    @Override
    public StageResult apply(Pass pass) {
        List<KafkaTopic> topics = pass.plan().topics();
        Set<String> unseen = topics.stream()
                .filter(t ->
                        !pass.observed().topics().containsKey(t.getMetadata().getName()))
                .map(t -> t.getSpec().topicName())
                .collect(Collectors.toSet());
        if (!unseen.isEmpty()) {
            // Strimzi would quietly take over a topic that is there already: ask the brokers themselves.
            switch (brokers.existing(pass.references().bootstrapServers(), unseen)) {
                case Brokers.Answer.Unreachable<Set<String>> u -> {
                    return new StageResult.Blocked(Reason.KafkaUnreachable, u.message());
                }
                case Brokers.Answer.Said<Set<String>> existing -> {
                    Optional<StageResult> foreign = foreign(pass, existing.value());
                    if (foreign.isPresent()) {
                        return foreign.get();
                    }
                }
            }
        }
        List<KafkaTopic> written = new ArrayList<>();
        for (KafkaTopic topic : topics) {
            Optional<KafkaTopic> observed = Optional.ofNullable(
                    pass.observed().topics().get(topic.getMetadata().getName()));
            switch (children.write(observed, topic, KafkaTopic::getSpec)) {
                case Written.Unchanged<KafkaTopic> u -> written.add(u.child());
                case Written.Changed<KafkaTopic> c -> written.add(c.child());
                case Written.NotOwned<KafkaTopic> n -> {
                    return new StageResult.Blocked(
                            Reason.TopicNotOwned,
                            n.description() + " belongs to somebody else: delete it, or rename the pipeline");
                }
            }
        }
        return verdict(written);
    }

    private Optional<StageResult> foreign(Pass pass, Set<String> existing) {
        // A topic that is there while the cache shows no resource of ours: the cache lags, it was kept from an earlier
        // epoch, or it is not ours.
        return pass.plan().topics().stream()
                .filter(t -> existing.contains(t.getSpec().topicName()))
                .filter(t -> !pass.claimed()
                        .epoch()
                        .startOffsets()
                        .containsKey(t.getSpec().topicName()))
                .filter(t -> !children.owns(t))
                .map(t -> (StageResult) new StageResult.Blocked(
                        Reason.TopicNotOwned,
                        "Kafka already has a topic " + t.getSpec().topicName()
                                + " that Tributary did not make: delete it, or rename the pipeline"))
                .findFirst();
    }

    private static StageResult verdict(List<KafkaTopic> topics) {
        for (KafkaTopic topic : topics) {
            if (topic.verdict() instanceof Verdict.NotReady notReady) {
                return new StageResult.Blocked(
                        Reason.TopicFailed,
                        "KafkaTopic " + topic.getMetadata().getName() + " is not ready: " + notReady.reason() + ": "
                                + notReady.message());
            }
        }
        long waiting = topics.stream()
                .filter(t -> !(t.verdict() instanceof Verdict.Ready))
                .count();
        return waiting > 0
                ? new StageResult.InProgress(Reason.TopicsCreating, "topics are being made")
                : new StageResult.Ready(Reason.TopicsReady, topics.size() + " topics are there");
    }
}
