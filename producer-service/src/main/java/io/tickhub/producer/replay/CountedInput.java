package io.tickhub.producer.replay;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts the bytes that are read through it. Read by one thread; any thread may ask for the count. */
final class CountedInput extends FilterInputStream {

    private volatile long count;
    private long countAtMark;

    /** Takes ownership of a stream that supports marks. */
    CountedInput(InputStream in) {
        super(in);
    }

    long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        int b = in.read();
        add(b < 0 ? 0 : 1);
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = in.read(bytes, offset, length);
        add(Math.max(read, 0));
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long skipped = in.skip(bytes);
        add(skipped);
        return skipped;
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // one thread reads
    public void mark(int limit) {
        in.mark(limit);
        countAtMark = count;
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // one thread reads
    public void reset() throws IOException {
        in.reset();
        count = countAtMark;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void add(long bytes) {
        count += bytes;
    }
}
