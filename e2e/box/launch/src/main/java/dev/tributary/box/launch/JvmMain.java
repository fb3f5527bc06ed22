package dev.tributary.box.launch;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs another main class, and ends the JVM when its standard input ends. The supervisor holds the other side of that
 * pipe, so a JVM never outlives it, however it dies.
 *
 * <p>Arguments: the name of the main class, then its arguments.
 */
public final class JvmMain {

    /** Shutdown hooks get this long before the JVM is halted. */
    private static final int HOOKS_SECONDS = 20;

    private JvmMain() {}

    public static void main(String[] arguments) throws Throwable {
        if (arguments.length == 0) {
            System.err.println("usage: JvmMain MAIN_CLASS [ARGUMENT...]");
            System.exit(2);
        }
        Thread watch = new Thread(JvmMain::endWithParent, "ends-with-parent");
        watch.setDaemon(true);
        watch.start();
        var main = Class.forName(arguments[0]).getMethod("main", String[].class);
        try {
            main.invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private static void endWithParent() {
        try (InputStream in = System.in) {
            while (in.read() >= 0) {
                // Nothing is ever said on this pipe: only its end counts.
            }
        } catch (IOException closed) {
            // A broken pipe is an ended pipe.
        }
        Thread limit = new Thread(JvmMain::haltWhenHooksHang, "halts-when-hooks-hang");
        limit.setDaemon(true);
        limit.start();
        System.exit(0);
    }

    private static void haltWhenHooksHang() {
        try {
            if (!new CountDownLatch(1).await(HOOKS_SECONDS, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
