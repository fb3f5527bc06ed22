package dev.tributary.jobspec;

import java.io.Serializable;
import java.util.List;

/**
 * Everything one streaming job needs to know about one pipeline. It holds references to secrets, never their values.
 *
 * @param formatVersion the layout of this document; see {@link #FORMAT_VERSION}
 * @param tenant the tenant id; written to every row as {@code _tenant} and compared with every record's header
 * @param pipeline the name of the {@code TenantPipeline}
 * @param epoch the upper 16 bits of every {@code _version}: 1 to 65535. It rises when source positions start anew or a
 *     snapshot starts again. Compared with every record's header: a record of an older epoch is left out, since the
 *     snapshot of this one has read what it tells
 * @param kafka where the changes are read
 * @param clickhouse where the rows are written
 * @param unavailableValuePlaceholder what capture writes instead of a value it does not have (an unchanged TOAST value):
 *     16 to 64 characters of {@code [A-Za-z0-9_-]}, random, and the same text as the connector's
 *     {@code unavailable.value.placeholder}. The job writes the value of the row before instead, never this text
 * @param flushMillis how long at most a row waits for its batch, in milliseconds: 10 to 600000
 * @param policies what the user wants done where more than one thing would be right
 * @param lateAfterSeconds a change that is read more than this after its commit counts as late, in seconds: 1 to 8640000. It
 *     is written like any other
 * @param tables the tables, one topic each; never empty
 */
public record JobSpec(
        int formatVersion,
        String tenant,
        String pipeline,
        int epoch,
        Kafka kafka,
        ClickHouse clickhouse,
        String unavailableValuePlaceholder,
        int flushMillis,
        Policies policies,
        int lateAfterSeconds,
        List<Table> tables)
        implements Serializable {

    /**
     * The layout this library writes. It rises with every change of the layout. A job reads all layouts up to its own, and
     * refuses a higher one: it cannot know what it would leave out.
     */
    public static final int FORMAT_VERSION = 5;

    public JobSpec {
        FieldRules.require("epoch", epoch);
        FieldRules.require("unavailableValuePlaceholder", unavailableValuePlaceholder);
        FieldRules.require("flushMillis", flushMillis);
        FieldRules.require("lateAfterSeconds", lateAfterSeconds);
        FieldRules.require("tables", tables);
        tables = List.copyOf(tables);
    }

    /**
     * Where the changes are read.
     *
     * @param bootstrapServers host:port, comma-separated
     * @param groupId the consumer group, for display and quotas only: offsets live in Flink's checkpoints
     */
    public record Kafka(String bootstrapServers, String groupId) implements Serializable {}

    /**
     * Where the rows are written. User and password reach the job's processes as the environment variables
     * {@code CLICKHOUSE_USER} and {@code CLICKHOUSE_PASSWORD}.
     *
     * @param url the HTTP endpoint, {@code http://host:8123}
     * @param database the tenant's database
     * @param jobDatabase the database of {@link JobTable}s, which no analyst has a right on
     */
    public record ClickHouse(String url, String database, String jobDatabase) implements Serializable {}

    /**
     * What the user wants done.
     *
     * @param onTruncate when a source table is truncated
     * @param onBadRecord when a record cannot be carried for what is in it
     */
    public record Policies(OnTruncate onTruncate, OnBadRecord onBadRecord) implements Serializable {

        /** The job stops rather than do anything that was not asked for. */
        public static final Policies CAREFUL = new Policies(OnTruncate.STOP, OnBadRecord.STOP);
    }

    /**
     * One source table, its topic and its target.
     *
     * @param schema the source schema
     * @param name the source table
     * @param topic the Kafka topic that carries it
     * @param target the ClickHouse table, within {@link ClickHouse#database()}
     * @param columns the source columns, in source order, without the columns that Tributary adds
     * @param key the names of the key columns, in the order of the target's ORDER BY. Empty: the table is append-only, and
     *     ordered by where each row's record stands, {@link AddedColumn#orderBy}
     * @param startOffsets where the epoch begins in the topic, by partition; a partition without one is read from its
     *     first record
     */
    public record Table(
            String schema,
            String name,
            String topic,
            String target,
            List<Column> columns,
            List<String> key,
            List<Long> startOffsets)
            implements Serializable {
        public Table {
            columns = List.copyOf(columns);
            key = List.copyOf(key);
            startOffsets = List.copyOf(startOffsets);
        }

        /** Whether its rows have no key, so that they only ever come. */
        public boolean appendOnly() {
            return key.isEmpty();
        }

        /** The columns that it gets beside its own, in order. */
        public List<AddedColumn> added() {
            return AddedColumn.of(key);
        }
    }

    /**
     * One column.
     *
     * @param name the name at source and target
     * @param type how the value is read from a Debezium record and stored in ClickHouse
     * @param nullable whether the target allows NULL, as it must where the source does
     * @param outOfRange what becomes of a value that {@code type} cannot hold
     */
    public record Column(String name, ColumnType type, boolean nullable, OutOfRange outOfRange)
            implements Serializable {

        public Column {
            if (outOfRange == OutOfRange.NULL && !nullable) {
                throw new IllegalArgumentException(
                        "column " + name + " allows no NULL to stand for what is out of range");
            }
        }

        /** A column that stops the job at a value that its type cannot hold. */
        public Column(String name, ColumnType type, boolean nullable) {
            this(name, type, nullable, OutOfRange.STOP);
        }

        /** The column's type as ClickHouse's DDL writes it, and as ClickHouse reports it. */
        public String clickHouseType() {
            return type.clickHouseType(nullable);
        }

        /** The column's type as the job's blocks have it. */
        public String nativeType() {
            return type.nativeType(nullable);
        }
    }
}
