package dev.tributary.operator.source;

import java.util.Map;

/** How Debezium captures one kind of source: pure functions, so that a plan can be made without asking anybody. */
public interface CaptureConnector {

    /** The connector's class, as Connect's plugins list it. */
    String connectorClass();

    /** The whole configuration of the connector. */
    Map<String, String> configuration(CaptureRequest request);

    /** The topic that Debezium writes a table's changes to. */
    String topic(String topicPrefix, TableId table);

    /** The topic of the connector's heartbeats. */
    String heartbeatTopic(String topicPrefix);
}
