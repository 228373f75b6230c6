package io.tickhub.benchmarks.concurrency;

import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Whose the state is. */
enum Design {
    /** Each worker has its own, and a symbol always goes to the same worker. */
    OWNED("own state", OwnedTotals::new),
    /** All workers share one map; any of them gets any symbol. */
    LOCKED("one map, synchronized", LockedTotals::new),
    /** The same with a concurrent map and counters. */
    LOCK_FREE("one map, lock-free", LockFreeTotals::new);

    private final String words;

    @SuppressWarnings("ImmutableEnumChecker") // a constructor
    private final Supplier<Totals> totals;

    Design(String words, Supplier<Totals> totals) {
        this.words = words;
        this.totals = totals;
    }

    String words() {
        return words;
    }

    /** The state of each of so many workers; where it is shared, the same for all. */
    List<Totals> totals(int workers) {
        return this == OWNED
                ? Stream.generate(totals).limit(workers).toList()
                : Collections.nCopies(workers, totals.get());
    }

    /** The worker for a quote, which is the so-manieth of its producer. */
    int worker(Quote quote, int turn, int workers) {
        return Math.floorMod(this == OWNED ? quote.symbol().hashCode() : turn, workers);
    }
}
