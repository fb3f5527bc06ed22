package dev.tributary.box.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserCacheTest {

    @TempDir
    Path folder;

    private UserCache cache;

    @BeforeEach
    void create() {
        cache = new UserCache(folder);
    }

    @Test
    void anEntryIsFilledOnce() throws Exception {
        // Given
        AtomicInteger fills = new AtomicInteger();
        cache.entry("engine", "1", entry -> fills.incrementAndGet(), Progress.SILENT);

        // When
        Path entry = cache.entry("engine", "1", again -> fills.incrementAndGet(), Progress.SILENT);

        // Then
        assertThat(entry).isEqualTo(folder.resolve("engine-1")).isDirectory();
        assertThat(fills).hasValue(1);
    }

    @Test
    void aFillThatFailsLeavesNothing() throws Exception {
        // Given
        UserCache.Filler failing = entry -> {
            Files.writeString(entry.resolve("half"), "half of it");
            throw new IOException("the network is gone");
        };

        // When
        assertThatThrownBy(() -> cache.entry("engine", "1", failing, Progress.SILENT))
                .hasMessage("the network is gone");

        // Then
        assertThat(folder).isDirectoryNotContaining("glob:**engine-1*");
    }

    @Test
    void whatAKilledProcessLeftIsNotTakenForTheWhole() throws Exception {
        // Given
        Path leftover = Files.createDirectories(folder.resolve(".engine-1.incomplete"));
        Files.writeString(leftover.resolve("half"), "half of it");

        // When
        Path entry =
                cache.entry("engine", "1", fresh -> Files.writeString(fresh.resolve("whole"), ""), Progress.SILENT);

        // Then
        assertThat(entry).isDirectoryContaining("glob:**whole").isDirectoryNotContaining("glob:**half");
        assertThat(leftover).doesNotExist();
    }

    @Test
    void twoWhoWantTheSameAtOnceFillItOnce() throws Exception {
        // Given
        AtomicInteger fills = new AtomicInteger();
        ConcurrentLinkedQueue<Path> entries = new ConcurrentLinkedQueue<>();
        CountDownLatch bothThere = new CountDownLatch(2);
        Runnable want = () -> {
            try {
                bothThere.countDown();
                bothThere.await();
                entries.add(cache.entry("engine", "1", entry -> fills.incrementAndGet(), Progress.SILENT));
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        };

        // When
        Thread first = Thread.ofVirtual().start(want);
        Thread second = Thread.ofVirtual().start(want);
        first.join();
        second.join();

        // Then
        assertThat(fills).hasValue(1);
        assertThat(entries).hasSize(2);
    }
}
