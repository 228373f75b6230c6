package io.tickhub.aggregator.bar;

import io.tickhub.aggregator.exact.Rounding;
import io.tickhub.model.Bar;
import io.tickhub.model.BarInterval;
import io.tickhub.model.Symbol;
import io.tickhub.model.Timestamps;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * A bar that can still change, and its form in the saved state: one line of text, which is made once, since most bars of a state have
 * not changed since it was written last. Immutable; for one thread.
 */
final class HeldBar {

    private static final int FIELDS = 13;

    private final long slot;
    private final BarPiece piece;
    private final Bar.State state;
    private final long revision;
    private String saved = "";

    HeldBar(long slot, BarPiece piece, Bar.State state, long revision) {
        this.slot = slot;
        this.piece = piece;
        this.state = state;
        this.revision = revision;
    }

    long slot() {
        return slot;
    }

    Bar.State state() {
        return state;
    }

    /** With ticks that are no late ones; so its symbol is not quiet. */
    HeldBar grown(BarPiece newer) {
        return new HeldBar(slot, piece.join(newer), Bar.State.OPEN, revision);
    }

    /** Final already, with ticks that came late. */
    HeldBar revised(BarPiece late) {
        return new HeldBar(slot, piece.join(late), Bar.State.FINAL, revision + late.count());
    }

    HeldBar in(Bar.State newState) {
        return new HeldBar(slot, piece, newState, revision);
    }

    /** For everybody. */
    Bar publish(Symbol symbol, String topicId, BarInterval interval) {
        return new Bar(
                symbol,
                topicId,
                interval,
                interval.start(slot),
                interval.start(slot + 1),
                state,
                revision,
                piece.open(),
                piece.high(),
                piece.low(),
                piece.close(),
                piece.volume(),
                piece.volume().signum() == 0 ? null : Rounding.quotient(piece.turnover(), piece.volume()),
                // How many zeros it ends with depends on where runs of ticks were cut.
                Rounding.plain(piece.turnover()),
                piece.count(),
                piece.openTime(),
                piece.closeTime(),
                piece.asOf());
    }

    String toText(BarInterval interval) {
        if (saved.isEmpty()) {
            saved = String.join(
                    " ",
                    Timestamps.text(interval.start(slot)),
                    state.name(),
                    Long.toString(revision),
                    text(piece.open()),
                    text(piece.high()),
                    text(piece.low()),
                    text(piece.close()),
                    text(piece.volume()),
                    text(piece.turnover()),
                    Long.toString(piece.count()),
                    Timestamps.text(piece.openTime()),
                    Timestamps.text(piece.closeTime()),
                    Long.toString(piece.asOf()));
        }
        return saved;
    }

    /** @throws RuntimeException if the text is no bar */
    static HeldBar parse(BarInterval interval, String text) {
        String[] fields = text.split(" ", -1);
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("a saved bar has " + FIELDS + " fields, this has " + fields.length);
        }
        BarPiece piece = new BarPiece(
                new BigDecimal(fields[3]),
                new BigDecimal(fields[4]),
                new BigDecimal(fields[5]),
                new BigDecimal(fields[6]),
                new BigDecimal(fields[7]),
                new BigDecimal(fields[8]),
                Long.parseLong(fields[9]),
                Instant.parse(fields[10]),
                Instant.parse(fields[11]),
                Long.parseLong(fields[12]));
        return new HeldBar(
                interval.slot(Instant.parse(fields[0])),
                piece,
                Bar.State.valueOf(fields[1]),
                Long.parseLong(fields[2]));
    }

    private static String text(BigDecimal value) {
        return value.toPlainString();
    }
}
