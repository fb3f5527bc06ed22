package dev.tributary.job.value;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads ClickHouse's RowBinary format, whose single values are laid out as in Native. */
public final class RowBinary {

    private final InputStream in;

    /** @param in buffered, since it is read byte by byte */
    public RowBinary(InputStream in) {
        this.in = in;
    }

    /** Whether all was read. Only between rows. */
    public boolean atEnd() throws IOException {
        in.mark(1);
        if (in.read() < 0) {
            return true;
        }
        in.reset();
        return false;
    }

    /** A byte, 0 to 255. */
    public int readByte() throws IOException {
        int read = in.read();
        if (read < 0) {
            throw new EOFException("the answer ends in the middle of a row");
        }
        return read;
    }

    /** A variable-length unsigned integer. */
    public int readVarint() throws IOException {
        int value = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += 7) {
            int next = readByte();
            value |= (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new IOException("a length of more than 32 bits");
    }

    /** Four bytes, the lowest first. */
    public int readInt() throws IOException {
        return readByte() | readByte() << 8 | readByte() << 16 | readByte() << 24;
    }

    /** Eight bytes, the lowest first. */
    public long readLong() throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            value |= (long) readByte() << shift;
        }
        return value;
    }

    /** A text or bytes. */
    public byte[] readBytes() throws IOException {
        int length = readVarint();
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the answer ends in the middle of a value");
        }
        return bytes;
    }

    /** Appends one value that is not null, as the buffers of a reader of this width have it. */
    public void readValue(int width, Bytes out) throws IOException {
        int length = width;
        if (width == ValueReader.VARIABLE) {
            length = readVarint();
            out.putVarint(length);
        }
        out.put(in, length);
    }
}
