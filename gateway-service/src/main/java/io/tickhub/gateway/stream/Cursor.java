package io.tickhub.gateway.stream;

import io.tickhub.gateway.tape.Board;
import io.tickhub.gateway.tape.Place;
import io.tickhub.gateway.tape.Tape;
import io.tickhub.gateway.tape.TapeItem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one stream gets next. Of symbols with every tick it reads the tape; of the others it looks at the board once in an interval. A
 * stream that the tape has overtaken is conflated from then on. For one thread.
 *
 * <p>Events go out in the order of the tape, so that a browser which has an event has all before it, except what conflation left out: any
 * event's place is one from which to resume.
 */
final class Cursor {

    /** The interval of a stream that could not take every tick. */
    static final Duration WHEN_SLOW = Duration.ofSeconds(1);

    private static final int BATCH = 2_000;

    private final Tape tape;
    private final Board board;
    private Selection selection;
    /** Number of the next event to be read from the tape. */
    private long next;
    /** Of the tape's events up to this place the stream has got those that it wants. */
    private final Optional<Place> seen;
    /** Number of the last event of the board that was sent or passed over. */
    private long boardThrough = -1;

    private long dueNanos;
    /** The newest of what was not wanted before is still to be sent. */
    private boolean fresh;
    /** While fresh: what was wanted before. */
    private Optional<Selection> before = Optional.empty();
    /** While fresh: number of the last event of the tape that was sent or passed over before. */
    private long tapeThrough = -1;

    private Cursor(Tape tape, Board board, Selection selection, long next, Optional<Place> seen, long nanos) {
        this.tape = tape;
        this.board = board;
        this.selection = selection;
        this.next = next;
        this.seen = seen;
        this.fresh = seen.isEmpty();
        this.dueNanos = nanos;
    }

    /** Begins with the newest of every symbol. */
    static Cursor fresh(Tape tape, Board board, Selection selection, long nanos) {
        return new Cursor(tape, board, selection, board.through() + 1, Optional.empty(), nanos);
    }

    /**
     * Goes on with the event of a number.
     *
     * @param seen up to where the stream has got everything, although the tape may hold some of it behind that number
     */
    static Cursor resumed(Tape tape, Board board, Selection selection, long next, Place seen, long nanos) {
        return new Cursor(tape, board, selection, next, Optional.of(seen), nanos);
    }

    /**
     * Some events.
     *
     * @param items in the order of the tape
     * @param overtaken how many events were overwritten before they could be read; from now on the stream is conflated
     */
    record Batch(List<TapeItem> items, long overtaken) {}

    Selection selection() {
        return selection;
    }

    /** Wants something else from now on. What was wanted before goes on as it was; what is new begins with its newest. */
    void select(Selection wanted) {
        change(wanted, next - 1);
    }

    private void change(Selection wanted, long readThrough) {
        if (!fresh) {
            fresh = true;
            before = Optional.of(selection);
            tapeThrough = readThrough;
        }
        selection = wanted;
    }

    /** Number of the event for which it is worth waiting. */
    long next() {
        return next;
    }

    /** @param nanos of {@link System#nanoTime} */
    Batch poll(long nanos) {
        if (fresh) {
            return begin(nanos);
        }
        List<TapeItem> items = new ArrayList<>();
        long through = tape.end();
        if (selection.hasEvery()) {
            through = Math.min(through, next + BATCH);
            Optional<Batch> overtaken = read(items, through);
            if (overtaken.isPresent()) {
                return overtaken.get();
            }
        }
        if (selection.interval().isPresent() && nanos - dueNanos >= 0) {
            // Not beyond what was read of the tape.
            long upTo = Math.min(board.through(), through - 1);
            board(upTo)
                    .filter(item -> !selection.isEvery(item.symbol()) && item.sequence() > boardThrough)
                    .forEach(items::add);
            boardThrough = upTo;
            dueNanos = nanos + selection.interval().get().toNanos();
        }
        next = through;
        return batch(items);
    }

    /** The newest of what was not wanted before, up to where the tape will be read from. */
    private Batch begin(long nanos) {
        List<TapeItem> items = new ArrayList<>();
        long upTo = Math.min(board.through(), next - 1);
        board(upTo).filter(item -> !wasSent(item)).forEach(items::add);
        // What the board does not have yet.
        for (long sequence = upTo + 1; sequence < next; sequence++) {
            tape.at(sequence)
                    .filter(item -> selection.isEvery(item.symbol()) && !wasSent(item))
                    .ifPresent(items::add);
        }
        boardThrough = upTo;
        selection.interval().ifPresent(interval -> dueNanos = nanos + interval.toNanos());
        fresh = false;
        return batch(items);
    }

    /** Whether it belongs to what was wanted before, and was sent or passed over. */
    private boolean wasSent(TapeItem item) {
        return before.filter(selected -> selected.includes(item.symbol()))
                .filter(selected -> selected.isEvery(item.symbol())
                        ? item.sequence() <= tapeThrough || wasSeen(item)
                        : item.sequence() <= boardThrough)
                .isPresent();
    }

    private static Batch batch(List<TapeItem> items) {
        items.sort(Comparator.comparingLong(TapeItem::sequence));
        return new Batch(List.copyOf(items), 0);
    }

    private Optional<Batch> read(List<TapeItem> items, long through) {
        for (long sequence = next; sequence < through; sequence++) {
            Optional<TapeItem> item = tape.at(sequence);
            if (item.isEmpty()) {
                return Optional.of(overtaken());
            }
            if (selection.isEvery(item.get().symbol()) && !wasSeen(item.get())) {
                items.add(item.get());
            }
        }
        return Optional.empty();
    }

    private boolean wasSeen(TapeItem item) {
        return seen.filter(place ->
                        place.feed() == item.place().feed() && item.place().offset() <= place.offset())
                .isPresent();
    }

    /** What was read already is not sent either: it is in the newest, or was overtaken too. */
    private Batch overtaken() {
        long lost = Math.max(1, tape.begin() - next);
        change(selection.conflated(WHEN_SLOW), next - 1);
        next = tape.end();
        return new Batch(List.of(), lost);
    }

    /** What the board has of what is wanted, up to the event of a number. */
    private Stream<TapeItem> board(long through) {
        return board.all().stream()
                .filter(entry -> selection.includes(entry.symbol()))
                .flatMap(entry -> Stream.concat(entry.notice().stream(), entry.tick().stream()))
                .filter(item -> item.sequence() <= through);
    }
}
