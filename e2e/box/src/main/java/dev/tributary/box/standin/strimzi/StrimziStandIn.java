package dev.tributary.box.standin.strimzi;

import dev.tributary.box.standin.ControlLoop;
import dev.tributary.box.standin.RealOperator;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.List;

/** Plays Strimzi's cluster operator and topic operator for one Kafka and one Connect cluster. */
public final class StrimziStandIn implements AutoCloseable {

    private final KubernetesClient client;
    private final TopicAdmin topics;
    private final ConnectRest connect;
    private final List<ControlLoop> loops;

    /**
     * @param client with the stand-in's own identity; it is closed with the stand-in
     */
    public StrimziStandIn(KubernetesClient client, StrimziEngines engines, Clock clock) {
        this.client = client;
        this.topics = new TopicAdmin(engines.bootstrapServers());
        this.connect = new ConnectRest(engines.connectUrl());
        KafkaTopicReconciler topicReconciler = new KafkaTopicReconciler(client, engines, topics, clock);
        ControlLoop topicLoop = new ControlLoop(client, Strimzi.KAFKA_TOPIC, topicReconciler);
        topicReconciler.siblings(topicLoop::known);
        this.loops = List.of(
                new ControlLoop(client, Strimzi.KAFKA, new KafkaReconciler(client, engines, topics, clock)),
                new ControlLoop(
                        client, Strimzi.KAFKA_CONNECT, new KafkaConnectReconciler(client, engines, connect, clock)),
                topicLoop,
                new ControlLoop(
                        client,
                        Strimzi.KAFKA_CONNECTOR,
                        new KafkaConnectorReconciler(client, engines, connect, clock)));
    }

    /**
     * Starts watching. The CRDs must be there; the engines need not.
     *
     * @throws IllegalStateException when the real operator runs in this cluster
     */
    public void start() {
        RealOperator.requireAbsent(client, "strimzi-cluster-operator");
        loops.forEach(ControlLoop::start);
    }

    @Override
    public void close() {
        loops.forEach(ControlLoop::close);
        topics.close();
        connect.close();
        client.close();
    }
}
