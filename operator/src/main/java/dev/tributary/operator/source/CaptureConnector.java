package dev.tributary.operator.source;

import java.util.Map;

/** How Debezium captures one kind of source: pure functions, so that a plan can be made without asking anybody. */
public interface CaptureConnector {

    /**
     * The connector's class.
     *
     * @param plugins the connector classes that Connect has, with their versions; a version it does not tell is empty
     */
    ConnectorChoice choose(Map<String, String> plugins);

    /** The whole configuration of the connector. */
    Map<String, String> configuration(CaptureRequest request);

    /** The topic that Debezium writes a table's changes to. */
    String topic(String topicPrefix, TableId table);

    /** The topic of the connector's heartbeats. */
    String heartbeatTopic(String topicPrefix);
}
