package dev.tributary.job;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.io.SimpleVersionedSerialization;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.state.OperatorStateHandle;

/** The offsets in a savepoint at which the Kafka source goes on, by topic and partition. */
final class SavedPositions {

    /** As Flink's source operator calls it. */
    private static final String SPLITS = "SourceReaderState";

    private SavedPositions() {}

    static Map<String, Long> read(Path savepoint) throws IOException {
        Map<String, Long> positions = new TreeMap<>();
        Path file = savepoint.resolve("_metadata");
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            CheckpointMetadata metadata = Checkpoints.loadCheckpointMetadata(
                    in, SavedPositions.class.getClassLoader(), file.toUri().toString());
            for (OperatorState operator : metadata.getOperatorStates()) {
                for (OperatorSubtaskState subtask : operator.getStates()) {
                    for (OperatorStateHandle handle : subtask.getManagedOperatorState()) {
                        splits(handle, positions);
                    }
                }
            }
        }
        return positions;
    }

    private static void splits(OperatorStateHandle handle, Map<String, Long> positions) throws IOException {
        OperatorStateHandle.StateMetaInfo places =
                handle.getStateNameToPartitionOffsets().get(SPLITS);
        if (places == null) {
            return;
        }
        try (FSDataInputStream in = handle.openInputStream()) {
            for (long place : places.getOffsets()) {
                in.seek(place);
                DataInputViewStreamWrapper view = new DataInputViewStreamWrapper(in);
                byte[] bytes = new byte[view.readInt()];
                view.readFully(bytes);
                KafkaPartitionSplit split = SimpleVersionedSerialization.readVersionAndDeSerialize(
                        new KafkaPartitionSplitSerializer(), bytes);
                positions.put(split.getTopicPartition().toString(), split.getStartingOffset());
            }
        }
    }
}
