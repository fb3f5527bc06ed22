package dev.tributary.bench;

import dev.tributary.box.Contents;
import dev.tributary.box.layout.Checkout;
import dev.tributary.scenarios.TestBox;
import java.nio.file.Path;
import java.util.List;

/** {@code ./tributary bench [name]}. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 1 || !arguments[0].equals("first-row")) {
            System.out.println("first-row    kubectl apply of a new tenant until its first row is queryable");
            System.exit(arguments.length == 0 ? 0 : 2);
        }
        // A start has its hiccups, which clients log at length; the figures are what is wanted here.
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "error");
        Checkout checkout = Checkout.containing(Path.of(System.getProperty("tributary.root", "")));
        List<Figure> figures;
        try (TestBox box = TestBox.start(checkout, checkout.state().resolve("bench-box"), Contents.EVERYTHING)) {
            figures = new FirstRow(box).run();
        }
        Report report = new Report(arguments[0], figures);
        report.print();
        report.write(checkout.state().resolve("bench"));
        System.exit(0);
    }
}
