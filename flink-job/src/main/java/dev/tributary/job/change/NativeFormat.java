package dev.tributary.job.change;

import dev.tributary.job.value.Bytes;
import dev.tributary.jobspec.AddedColumn;
import dev.tributary.jobspec.ConvertedType;
import dev.tributary.jobspec.JobSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** ClickHouse's Native format: one block, column after column, each with its name and type. */
final class NativeFormat {

    /** The serialization version of JSON that has each object as a string; it stands before the column. */
    private static final long JSON_AS_STRINGS = 1;

    private NativeFormat() {}

    static void write(JobSpec.Table table, ColumnBuffer[] columns, AddedValues added, LiveRows live, OutputStream out)
            throws IOException {
        List<JobSpec.Column> specs = table.columns();
        Bytes head = new Bytes(256);
        head.putVarint(specs.size() + table.added().size());
        head.putVarint(live.count());
        flush(head, out);
        for (int i = 0; i < columns.length; i++) {
            header(specs.get(i).name(), specs.get(i).nativeType(), head, out);
            if (specs.get(i).type() instanceof ConvertedType.Json) {
                head.putLong(JSON_AS_STRINGS);
                flush(head, out);
            }
            columns[i].write(live, out);
        }
        for (AddedColumn column : table.added()) {
            header(column.columnName(), nativeType(column), head, out);
            added.write(column, live, out);
        }
    }

    /** ClickHouse makes LowCardinality of plain strings itself. */
    private static String nativeType(AddedColumn column) {
        return column.clickHouseType().startsWith("LowCardinality") ? "String" : column.clickHouseType();
    }

    private static void header(String name, String type, Bytes head, OutputStream out) throws IOException {
        for (String text : List.of(name, type)) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            head.putVarint(utf8.length);
            head.put(utf8, 0, utf8.length);
        }
        flush(head, out);
    }

    private static void flush(Bytes bytes, OutputStream out) throws IOException {
        out.write(bytes.array(), 0, bytes.size());
        bytes.clear();
    }
}
