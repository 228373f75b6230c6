package io.tickhub.model;

import java.util.List;
import java.util.Optional;

/**
 * What a shutdown leaves behind, in figures that anyone can check against the topics. Immutable.
 *
 * <p>A reply has room for some thousand lines. What does not fit is left out and counted; lines that do not add up come first, and
 * the totals are always of all.
 *
 * @param totals sums over all symbols and feeds
 * @param symbols a line for each symbol that has a topic, those that do not add up first, then in order
 * @param feeds a line for each feed, likewise
 * @param instances each instance that was there when the drain began, those that did not finish first
 * @param leftOut how many lines had no room
 */
public record Receipt(
        Totals totals, List<SymbolLine> symbols, List<FeedLine> feeds, List<Member> instances, LeftOut leftOut) {

    public Receipt {
        symbols = List.copyOf(symbols);
        feeds = List.copyOf(feeds);
        instances = List.copyOf(instances);
    }

    /**
     * Sums over all lines, those too that were left out.
     *
     * @param symbols number of symbols
     * @param incompleteSymbols how many of them do not add up
     * @param produced all ticks acknowledged to the producers of this system in their present life
     * @param counted sum of {@link SymbolLine#counted}
     * @param rejected sum of {@link SymbolLine#rejected}
     * @param missed sum of {@link SymbolLine#missed}
     * @param skipped sum of {@link SymbolLine#skipped}
     * @param feeds number of feeds
     * @param incompleteFeeds how many of them lack something
     * @param forwarded all records that the hubs have forwarded, into feeds too that are gone by now
     * @param instances number of instances
     */
    public record Totals(
            int symbols,
            int incompleteSymbols,
            long produced,
            long counted,
            long rejected,
            long missed,
            long skipped,
            int feeds,
            int incompleteFeeds,
            long forwarded,
            int instances) {}

    /**
     * One symbol.
     *
     * @param symbol the symbol
     * @param produced ticks acknowledged to the producers of this system in their present life; ticks that other programs wrote, or
     *     producers that are gone, are not among them
     * @param counted ticks in the statistics
     * @param rejected records that were no valid ticks
     * @param missed offsets that retention deleted before they were read
     * @param skipped offsets that hold no record
     * @param since first offset that the statistics cover
     * @param asOf offset after the last one that they cover
     * @param end the topic's end after the producers had stopped
     * @param complete whether everything before {@code end} is accounted for: {@code asOf} has reached it and {@code asOf - since =
     *     counted + rejected + missed + skipped}. Where other programs went on writing, {@code asOf} lies beyond {@code end}
     */
    public record SymbolLine(
            Symbol symbol,
            long produced,
            long counted,
            long rejected,
            long missed,
            long skipped,
            long since,
            long asOf,
            long end,
            boolean complete) {

        /** @param stats of the topic as it is now; empty if nothing of it has been counted */
        public static SymbolLine of(Symbol symbol, long produced, Optional<PriceStats> stats, long end) {
            if (stats.isEmpty()) {
                return new SymbolLine(symbol, produced, 0, 0, 0, 0, 0, 0, end, end == 0);
            }
            PriceStats found = stats.get();
            long accounted = found.count() + found.rejected() + found.missed() + found.skipped();
            return new SymbolLine(
                    symbol,
                    produced,
                    found.count(),
                    found.rejected(),
                    found.missed(),
                    found.skipped(),
                    found.since(),
                    found.asOf(),
                    end,
                    found.asOf() >= end && found.asOf() - found.since() == accounted);
        }

        /** Whether the statistics cover everything up to the end. */
        public boolean reached() {
            return asOf >= end;
        }
    }

    /**
     * One feed.
     *
     * @param feed the topic
     * @param forwarded records that the hubs which are there have written to it in their present life, ticks and events
     * @param subscriptions how many subscriptions it serves
     * @param symbols their symbols, the first {@value #MOST_SYMBOLS} in order
     * @param complete whether each of its subscriptions has everything up to its own end or the symbol's
     */
    public record FeedLine(String feed, long forwarded, int subscriptions, List<Symbol> symbols, boolean complete) {

        /** So many symbols are named of one feed. */
        public static final int MOST_SYMBOLS = 20;

        public FeedLine {
            symbols = symbols.stream().distinct().sorted().limit(MOST_SYMBOLS).toList();
        }
    }

    /**
     * One instance.
     *
     * @param instance its name
     * @param role what it does
     * @param state how it ended, or where it was stuck
     */
    public record Member(String instance, Role role, FinalState state) {

        /** Whether it ended in order. */
        public boolean hasFinished() {
            return state == FinalState.DRAINED || state == FinalState.LEFT;
        }
    }

    /** How an instance ended. */
    public enum FinalState {
        /** It did its share and left. */
        DRAINED,
        /** It was stopped by itself before it had been asked to drain all, and signed off. */
        LEFT,
        /** Nothing was heard of it any more: killed, or held up. Others took over what it owned. */
        GONE,
        /** Stuck while it started. */
        STARTING,
        /** It never heard of the drain. */
        RUNNING,
        /** Stuck in its share of the drain. */
        DRAINING;

        /** That of an instance of which nothing more is known. */
        public static FinalState of(InstanceStatus.State last) {
            return switch (last) {
                case STARTING -> STARTING;
                case RUNNING -> RUNNING;
                case DRAINING -> DRAINING;
                case DRAINED -> DRAINED;
            };
        }
    }

    /**
     * Lines that had no room.
     *
     * @param symbols lines of symbols
     * @param feeds lines of feeds
     * @param instances lines of instances
     */
    public record LeftOut(int symbols, int feeds, int instances) {

        /** Everything is there. */
        public static final LeftOut NOTHING = new LeftOut(0, 0, 0);
    }
}
