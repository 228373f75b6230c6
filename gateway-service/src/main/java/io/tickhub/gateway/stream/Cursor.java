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
import java.util.function.Predicate;
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
    private Optional<Place> seen;
    /** Number of the last event of the board that was sent or passed over. */
    private long boardThrough = -1;

    private long dueNanos;
    private boolean fresh;

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

    /** Goes on behind a place; the tape must hold everything behind it, or what was read of the feed's topic up to it. */
    static Cursor resumed(Tape tape, Board board, Selection selection, Place after, long nanos) {
        return new Cursor(tape, board, selection, tape.after(after).orElse(tape.begin()), Optional.of(after), nanos);
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

    /** Wants something else from now on; what is new is sent as of a fresh stream. */
    void select(Selection wanted) {
        selection = wanted;
        next = board.through() + 1;
        seen = Optional.empty();
        boardThrough = -1;
        fresh = true;
    }

    /** Number of the event for which it is worth waiting. */
    long next() {
        return next;
    }

    /** @param nanos of {@link System#nanoTime} */
    Batch poll(long nanos) {
        List<TapeItem> items = new ArrayList<>();
        long through = tape.end();
        if (fresh) {
            fresh = false;
            // Up to where the tape will be read from.
            through = next;
            addFromBoard(items, entry -> selection.isEvery(entry.symbol()), next - 1);
        } else if (selection.hasEvery()) {
            through = Math.min(through, next + BATCH);
            Optional<Batch> overtaken = read(items, through, nanos);
            if (overtaken.isPresent()) {
                return overtaken.get();
            }
        }
        if (selection.interval().isPresent() && nanos - dueNanos >= 0) {
            dueNanos = nanos + selection.interval().get().toNanos();
            // Not beyond what was read of the tape.
            long upTo = Math.min(board.through(), through - 1);
            addFromBoard(items, entry -> !selection.isEvery(entry.symbol()), upTo);
            boardThrough = upTo;
            items.sort(Comparator.comparingLong(TapeItem::sequence));
        }
        next = through;
        return new Batch(List.copyOf(items), 0);
    }

    private Optional<Batch> read(List<TapeItem> items, long through, long nanos) {
        for (long sequence = next; sequence < through; sequence++) {
            Optional<TapeItem> item = tape.at(sequence);
            if (item.isEmpty()) {
                return Optional.of(overtaken(sequence, nanos));
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

    private Batch overtaken(long sequence, long nanos) {
        long lost = Math.max(1, tape.begin() - sequence);
        selection = selection.conflated(WHEN_SLOW);
        next = tape.end();
        boardThrough = -1;
        dueNanos = nanos;
        return new Batch(List.of(), lost);
    }

    private void addFromBoard(List<TapeItem> items, Predicate<Board.Entry> wanted, long through) {
        board.all().stream()
                .filter(entry -> selection.includes(entry.symbol()) && wanted.test(entry))
                .flatMap(entry -> Stream.concat(entry.notice().stream(), entry.tick().stream()))
                .filter(item -> item.sequence() > boardThrough && item.sequence() <= through)
                .forEach(items::add);
        items.sort(Comparator.comparingLong(TapeItem::sequence));
    }
}
