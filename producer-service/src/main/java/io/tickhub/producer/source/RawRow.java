package io.tickhub.producer.source;

/** The bytes of one row as they stand in its file, without the line end. Immutable as long as nobody changes the array. */
public final class RawRow {

    /** Whether the bytes are the whole row. */
    public enum Extent {
        /** All of it. */
        WHOLE,
        /** Only its beginning: the row is longer than any that is read. */
        CUT
    }

    private final long line;
    private final byte[] bytes;
    private final Extent extent;

    /** Takes ownership of the array. {@code line} is that on which the row begins, from 1. */
    public RawRow(long line, byte[] bytes, Extent extent) {
        this.line = line;
        this.bytes = bytes;
        this.extent = extent;
    }

    /** The line on which the row begins, from 1. */
    public long line() {
        return line;
    }

    /** The row's own array, not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** Whether the bytes are the whole row. */
    public Extent extent() {
        return extent;
    }
}
