package dev.tributary.job.change;

import java.io.OutputStream;
import java.util.zip.CRC32C;

/** Counts and sums up what is written to it, and keeps nothing. */
final class DigestStream extends OutputStream {

    private final CRC32C checksum = new CRC32C();
    private long bytes;

    @Override
    public void write(int b) {
        checksum.update(b);
        bytes++;
    }

    @Override
    public void write(byte[] array, int from, int length) {
        checksum.update(array, from, length);
        bytes += length;
    }

    Batch.Digest digest() {
        return new Batch.Digest(bytes, checksum.getValue());
    }
}
