package io.tickhub.benchmarks.concurrency;

/** Count, least, greatest and sum of the prices of each symbol. Who may call it says each implementation. */
interface Totals {

    void add(Quote quote);

    /** All symbols together. Only after all threads that add have ended. */
    Sum sum();

    /** What was added, to be compared with what was sent. */
    record Sum(long count, long cents) {

        static final Sum NOTHING = new Sum(0, 0);

        Sum and(Sum other) {
            return new Sum(count + other.count, cents + other.cents);
        }
    }
}
