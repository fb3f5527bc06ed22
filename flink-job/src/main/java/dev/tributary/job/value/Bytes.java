package dev.tributary.job.value;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow at the end, numbers little-endian. Kept between batches: {@link #clear()} keeps the array. */
public final class Bytes {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    /** The largest array that every JVM can make. */
    private static final int MAX_SIZE = Integer.MAX_VALUE - 16;

    private byte[] data;
    private int size;

    public Bytes(int capacity) {
        this.data = new byte[capacity];
    }

    /** The array behind; valid up to {@link #size()}, until the next write. */
    public byte[] array() {
        return data;
    }

    public int size() {
        return size;
    }

    public int capacity() {
        return data.length;
    }

    public void clear() {
        size = 0;
    }

    /** Gives up what was put after this size. */
    public void cut(int earlierSize) {
        size = Math.min(size, earlierSize);
    }

    /** The number that stands there. */
    public long longAt(int position) {
        return (long) LONG.get(data, position);
    }

    public void putByte(int value) {
        reserve(1);
        data[size++] = (byte) value;
    }

    public void putShort(int value) {
        reserve(2);
        SHORT.set(data, size, (short) value);
        size += 2;
    }

    public void putInt(int value) {
        reserve(4);
        INT.set(data, size, value);
        size += 4;
    }

    public void putLong(long value) {
        reserve(8);
        LONG.set(data, size, value);
        size += 8;
    }

    public void put(byte[] source, int from, int to) {
        int length = to - from;
        reserve(length);
        System.arraycopy(source, from, data, size, length);
        size += length;
    }

    /** A text: its length and its UTF-8. */
    public void putText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        putVarint(utf8.length);
        put(utf8, 0, utf8.length);
    }

    /** The next bytes of a stream. */
    void put(InputStream source, int length) throws IOException {
        if (length < 0) {
            throw new IOException("a value of more than 2 GB");
        }
        reserve(length);
        if (source.readNBytes(data, size, length) < length) {
            throw new EOFException("the answer ends in the middle of a value");
        }
        size += length;
    }

    /** The same byte, {@code count} times. */
    public void fill(int value, int count) {
        reserve(count);
        Arrays.fill(data, size, size + count, (byte) value);
        size += count;
    }

    /** ClickHouse's variable-length unsigned integer. */
    public void putVarint(int value) {
        reserve(5);
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            data[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        data[size++] = (byte) rest;
    }

    private void reserve(int more) {
        if (more > data.length - size) {
            grow(more);
        }
    }

    private void grow(int more) {
        long needed = (long) size + more;
        if (needed > MAX_SIZE) {
            throw new IllegalStateException("one column of a batch would exceed 2 GB");
        }
        data = Arrays.copyOf(data, (int) Math.min(MAX_SIZE, Math.max(needed, 2L * data.length)));
    }
}
