package dev.tributary.box;

import dev.tributary.box.layout.Checkout;
import java.io.IOException;
import java.nio.file.Path;

/** A box of a test's own, without what streams: it starts in seconds. */
final class SmallBox {

    private SmallBox() {}

    /** Starts one in a folder, which is emptied before. */
    static Box start(Path folder) throws IOException, InterruptedException {
        return Box.startAnew(
                Checkout.current(),
                folder,
                "box test " + folder.toAbsolutePath(),
                System.out::println,
                Contents.WITHOUT_STREAMING);
    }
}
