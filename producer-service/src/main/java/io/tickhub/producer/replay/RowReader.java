package io.tickhub.producer.replay;

import io.tickhub.producer.source.RawRow;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts the bytes of a CSV file into rows without changing them, so that a bad row can be kept as it stood. A line end inside
 * quotes belongs to its row; empty lines are passed over; line ends are LF, CR LF or CR. Used by one thread; the caller closes
 * the stream.
 *
 * <p>Memory is bounded whatever the file holds: of a row longer than {@link #MAX_ROW_BYTES} only the beginning is kept, and where
 * a quote is not closed within that many bytes, the row is taken to end with its first line and reading goes on at the next.
 *
 * <p>Where the stream can be read no further, all rows that ended before are given first; the unfinished one is not.
 */
final class RowReader {

    /** The longest row that is read whole. */
    static final int MAX_ROW_BYTES = 64 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[4 * MAX_ROW_BYTES];
    private int start;
    private int limit;
    private boolean ended;
    private Optional<IOException> fault = Optional.empty();
    private long line = 1;

    RowReader(InputStream in) {
        this.in = in;
    }

    /**
     * The next row, or empty at the end.
     *
     * @throws IOException if the stream can be read no further, and as often as it is asked then
     */
    Optional<RawRow> next() throws IOException {
        while (true) {
            if (available() == 0) {
                throwFault();
                return Optional.empty();
            }
            // One byte more, since that may be the line end of a longest row.
            int to = Math.min(limit, start + MAX_ROW_BYTES + 1);
            RowScan scan = RowScan.of(buffer, start, to, isAllThere() && fault.isEmpty());
            if (!scan.isComplete() && isAllThere()) {
                throwFault();
            }
            RawRow row = scan.isComplete() ? take(scan.end(), RawRow.Extent.WHOLE) : takeBroken(scan);
            skipLineEnds(scan.isComplete() ? scan.lineEnds() : 0);
            if (row.bytes().length > 0) {
                return Optional.of(row);
            }
        }
    }

    /** The row does not end where it should: its first line, or its beginning if the line does not end either. */
    private RawRow takeBroken(RowScan scan) {
        if (scan.firstLineEnd() >= 0) {
            return take(scan.firstLineEnd(), RawRow.Extent.WHOLE);
        }
        if (isAllThere() && limit - start <= MAX_ROW_BYTES) {
            return take(limit, RawRow.Extent.WHOLE);
        }
        RawRow row = take(start + MAX_ROW_BYTES, RawRow.Extent.CUT);
        while (available() > 0 && !isLineEnd(buffer[start])) {
            start++;
        }
        return row;
    }

    private RawRow take(int end, RawRow.Extent extent) {
        RawRow row = new RawRow(line, Arrays.copyOfRange(buffer, start, end), extent);
        start = end;
        return row;
    }

    /** Passes the line end after a row, and counts it together with those inside the row. */
    private void skipLineEnds(int insideRow) {
        line += insideRow;
        if (available() == 0) {
            return;
        }
        byte first = buffer[start++];
        line++;
        if (first == '\r' && available() > 0 && buffer[start] == '\n') {
            start++;
        }
    }

    /** Bytes in the buffer, at least a longest row and one more unless the stream has ended or broken off. */
    private int available() {
        if (limit - start <= MAX_ROW_BYTES && !ended) {
            System.arraycopy(buffer, start, buffer, 0, limit - start);
            limit -= start;
            start = 0;
            while (limit < buffer.length && !ended) {
                int read = readOn();
                ended = read < 0;
                limit += Math.max(read, 0);
            }
        }
        return limit - start;
    }

    /** Bytes read, -1 where there are no more; a fault is kept until the rows before it have been given. */
    private int readOn() {
        try {
            return in.read(buffer, limit, buffer.length - limit);
        } catch (IOException e) {
            fault = Optional.of(e);
            return -1;
        }
    }

    private void throwFault() throws IOException {
        if (fault.isPresent()) {
            throw fault.get();
        }
    }

    /** Whether the buffer holds all that is left of the stream, so that its end, unless it is a fault, ends a row. */
    private boolean isAllThere() {
        return ended && limit - start <= MAX_ROW_BYTES;
    }

    static boolean isLineEnd(byte b) {
        return b == '\n' || b == '\r';
    }
}
