package dev.tributary.box.launch;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hosts ClickHouse: its library has the real HTTP and TCP servers, but no program around them. It runs one query that
 * opens the HTTP port and then reads standard input, so it ends when the supervisor's side of that pipe closes.
 *
 * <p>Arguments: the library, then arguments of {@code clickhouse local}.
 */
public final class ClickHouseMain {

    private static final String SERVE =
            "SYSTEM START LISTEN HTTP; SELECT count() FROM file('-', 'LineAsString', 'line String')";

    private ClickHouseMain() {}

    /** The functions of libchdb.so, by their C names. */
    public interface LibChdb extends Library {
        void chdb_set_signal_handlers_enabled(int enabled);

        Pointer chdb_query_cmdline(int argc, String[] argv);

        @Nullable
        String chdb_result_error(Pointer result);
    }

    public static void main(String[] arguments) {
        List<String> argv = new ArrayList<>();
        argv.add("clickhouse");
        argv.addAll(Arrays.asList(arguments).subList(1, arguments.length));
        argv.add("--query");
        argv.add(SERVE);
        LibChdb library = Native.load(arguments[0], LibChdb.class);
        // Its handlers would replace those of the JVM, which lives on SIGSEGV.
        library.chdb_set_signal_handlers_enabled(0);
        Pointer result = library.chdb_query_cmdline(argv.size(), argv.toArray(String[]::new));
        String error = library.chdb_result_error(result);
        if (error != null) {
            System.err.println(error);
        }
        System.out.flush();
        // The library's own exit handlers may hang once its threads are gone.
        Runtime.getRuntime().halt(error == null ? 0 : 1);
    }
}
