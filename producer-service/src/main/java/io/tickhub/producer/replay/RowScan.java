package io.tickhub.producer.replay;

/**
 * Where a row ends, found by the rules of RFC 4180: a quote opens a field only at its beginning, and two quotes inside one stand
 * for a quote. Immutable.
 *
 * @param end index of the line end after the row, or of the end of the data; -1 if the data ends inside the row
 * @param lineEnds line ends inside the row
 * @param firstLineEnd index of the first line end inside the row, -1 if there is none
 */
record RowScan(int end, int lineEnds, int firstLineEnd) {

    private enum State {
        FIELD_START,
        PLAIN,
        QUOTED,
        /** After a quote inside quotes: it closed the field, or is the first of two. */
        MAYBE_CLOSED
    }

    /** Scans {@code [from, to)}; {@code endsHere} says that the end of the data ends the row, if no quote is open. */
    static RowScan of(byte[] buffer, int from, int to, boolean endsHere) {
        State state = State.FIELD_START;
        int lineEnds = 0;
        int firstLineEnd = -1;
        for (int i = from; i < to; i++) {
            byte b = buffer[i];
            if (RowReader.isLineEnd(b)) {
                if (state != State.QUOTED) {
                    return new RowScan(i, lineEnds, firstLineEnd);
                }
                boolean isSecondHalf = b == '\n' && i > from && buffer[i - 1] == '\r';
                lineEnds += isSecondHalf ? 0 : 1;
                firstLineEnd = firstLineEnd < 0 ? i : firstLineEnd;
            } else {
                state = after(state, b);
            }
        }
        return new RowScan(endsHere && state != State.QUOTED ? to : -1, lineEnds, firstLineEnd);
    }

    boolean isComplete() {
        return end >= 0;
    }

    private static State after(State state, byte b) {
        return switch (state) {
            case FIELD_START, PLAIN -> {
                if (b == ',') {
                    yield State.FIELD_START;
                }
                yield b == '"' && state == State.FIELD_START ? State.QUOTED : State.PLAIN;
            }
            case QUOTED -> b == '"' ? State.MAYBE_CLOSED : State.QUOTED;
            case MAYBE_CLOSED -> {
                if (b == '"') {
                    yield State.QUOTED;
                }
                yield b == ',' ? State.FIELD_START : State.PLAIN;
            }
        };
    }
}
