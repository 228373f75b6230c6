package io.tickhub.producer.replay;

import io.tickhub.producer.source.RawRow;
import io.tickhub.producer.source.SourceItem;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * One CSV file, plain or compressed by gzip, read row by row with one row of foresight. Owns the open file. Used by one thread.
 *
 * <p>Its <i>front</i> is the latest event time so far. Rows that run backwards in time do not move it, nor do times that lie in
 * the future of {@code now}, since no recording holds such: pacing by the front survives both.
 */
final class ReplayFile implements AutoCloseable {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final String name;
    private final CountedInput input;
    private final InputStream in;
    private final RowReader rows;
    private final RowParser parser;
    private final ArrivedRows arrived;
    private final Instant now;
    private Optional<SourceItem> head = Optional.empty();
    private Optional<RuntimeException> fault = Optional.empty();
    private Instant front = Instant.MIN;
    private long passedOver;

    private ReplayFile(Path path, CountedInput input, ReplayConfig config, ArrivedRows arrived, Instant now)
            throws IOException {
        this.name = path.getFileName().toString();
        this.input = input;
        this.in = withoutMark(isGzip(input) ? new GZIPInputStream(input, 1 << 16) : input);
        this.rows = new RowReader(in);
        this.arrived = arrived;
        this.now = now;
        RawRow header = rows.next().orElseThrow(() -> new UnusableFileException(name + " is empty"));
        this.parser = RowParser.of(name, config.sourceName(), header, config.format());
    }

    /**
     * Opens the file and reads its first rows.
     *
     * @throws UncheckedIOException if its header cannot be read
     * @throws UnusableFileException if it is empty or its header lacks a column
     */
    static ReplayFile open(Path path, ReplayConfig config, ArrivedRows arrived, Instant now) {
        CountedInput input = null;
        try {
            input = new CountedInput(new BufferedInputStream(openUninterruptibly(path), 1 << 16));
            ReplayFile file = new ReplayFile(path, input, config, arrived, now);
            file.advance();
            return file;
        } catch (IOException e) {
            closeAfterFault(input);
            throw new UncheckedIOException("cannot read " + path + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            closeAfterFault(input);
            throw e;
        }
    }

    boolean isAtEnd() {
        return head.isEmpty() && fault.isEmpty();
    }

    /**
     * To be asked before {@link #next}, where the file is not at its end: a fault is told after all rows before it.
     *
     * @throws UncheckedIOException if the file can be read no further
     */
    void requireNext() {
        if (fault.isPresent()) {
            throw fault.get();
        }
    }

    /** The latest event time up to the row that {@link #next} will give; {@link Instant#MIN} before the first. */
    Instant front() {
        return front;
    }

    SourceItem next() {
        SourceItem item = head.orElseThrow(NoSuchElementException::new);
        advance();
        return item;
    }

    /** Bytes of the file, as it lies on the disk, that were read so far. */
    long bytesRead() {
        return input.count();
    }

    /** Rows that had arrived before. */
    long passedOver() {
        return passedOver;
    }

    /** Keeps what goes wrong for later: the row that was taken before is good. */
    private void advance() {
        try {
            do {
                head = rows.next().map(parser::parse);
                head.ifPresent(this::moveFront);
            } while (head.isPresent() && isPassedOver(head.get()));
        } catch (IOException e) {
            breakOff(new UncheckedIOException("cannot read on in " + name + ": " + e.getMessage(), e));
        } catch (RuntimeException e) {
            breakOff(e);
        }
    }

    private void breakOff(RuntimeException cause) {
        head = Optional.empty();
        fault = Optional.of(cause);
    }

    private boolean isPassedOver(SourceItem item) {
        boolean isThere = arrived.contains(item);
        passedOver += isThere ? 1 : 0;
        return isThere;
    }

    private void moveFront(SourceItem item) {
        if (item instanceof SourceItem.Good good) {
            Instant time = good.tick().timestamp();
            front = time.isAfter(front) && time.isBefore(now) ? time : front;
        }
    }

    /** Not by a channel: the interrupt by which a service is stopped would close it in the middle of a read. */
    private static InputStream openUninterruptibly(Path path) throws IOException {
        return new FileInputStream(path.toFile());
    }

    /** By the first two bytes, whatever the file is called. */
    private static boolean isGzip(CountedInput input) throws IOException {
        input.mark(2);
        boolean isGzip = input.read() == 0x1F && input.read() == 0x8B;
        input.reset();
        return isGzip;
    }

    private static InputStream withoutMark(InputStream in) throws IOException {
        PushbackInputStream pushback = new PushbackInputStream(in, BYTE_ORDER_MARK.length);
        byte[] first = pushback.readNBytes(BYTE_ORDER_MARK.length);
        if (!Arrays.equals(first, BYTE_ORDER_MARK)) {
            pushback.unread(first);
        }
        return pushback;
    }

    private static void closeAfterFault(CountedInput input) {
        try {
            if (input != null) {
                input.close();
            }
        } catch (IOException e) {
            // The fault that led here is the one to tell.
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + name, e);
        }
    }
}
