package dev.tributary.box.layout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A loopback address that no other box of this machine's user has while this is open, so that every box can use the
 * engines' usual ports.
 */
public final class AddressReservation implements AutoCloseable {

    /** 127.16 to 127.239: people give the lower ones to things by hand. */
    private static final int FIRST_SECOND_BYTE = 16;

    private static final int SECOND_BYTES = 224;
    private static final int CANDIDATES = 100;

    private final String address;
    private final FileChannel channel;

    private AddressReservation(String address, FileChannel channel) {
        this.address = address;
        this.channel = channel;
    }

    /**
     * Reserves an address.
     *
     * @param registry a folder that all boxes of the user share
     * @param key the same key gets the same address, unless another box has it just now
     * @throws IOException when there is none to be had, or the folder cannot be written
     */
    public static AddressReservation reserve(Path registry, String key) throws IOException {
        Files.createDirectories(registry);
        for (String candidate : candidates(key)) {
            Optional<AddressReservation> reserved = tryReserve(registry, candidate);
            if (reserved.isPresent()) {
                return reserved.get();
            }
        }
        throw new IOException("all loopback addresses tried are in use by other boxes, see " + registry);
    }

    private static Optional<AddressReservation> tryReserve(Path registry, String address) throws IOException {
        FileChannel channel =
                FileChannel.open(registry.resolve(address), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new AddressReservation(address, channel));
            }
        } catch (OverlappingFileLockException ofThisProcess) {
            // Another box in this JVM has it.
        }
        channel.close();
        return Optional.empty();
    }

    private static List<String> candidates(String key) {
        ByteBuffer hash = ByteBuffer.wrap(sha256(key));
        int start = Math.floorMod(hash.getInt(), SECOND_BYTES * 256);
        List<String> candidates = new ArrayList<>();
        for (int i = 0; i < CANDIDATES; i++) {
            int at = (start + i) % (SECOND_BYTES * 256);
            candidates.add("127." + (FIRST_SECOND_BYTE + at / 256) + "." + at % 256 + ".1");
        }
        return candidates;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    public String address() {
        return address;
    }

    /** Those of some ports that another program has on this address. */
    public List<Integer> taken(List<Integer> ports) {
        return ports.stream().filter(this::isTaken).toList();
    }

    private boolean isTaken(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
            return false;
        } catch (IOException taken) {
            return true;
        }
    }

    /** Gives the address back. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
