package io.tickhub.benchmarks.concurrency;

/** One map for all threads, behind one lock: the four figures of a symbol always fit together. Thread safe. */
final class LockedTotals implements Totals {

    private final OwnedTotals totals = new OwnedTotals();

    @Override
    public synchronized void add(Quote quote) {
        totals.add(quote);
    }

    @Override
    public synchronized Sum sum() {
        return totals.sum();
    }
}
