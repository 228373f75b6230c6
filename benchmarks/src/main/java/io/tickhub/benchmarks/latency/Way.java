package io.tickhub.benchmarks.latency;

/** How ticks come to their subscriber. */
@FunctionalInterface
interface Way {

    /** Subscribes: every tick that is sent after this has returned is noted. */
    Reading begin(TickAges ages);

    /** A subscriber at work, on a thread of its own. */
    @FunctionalInterface
    interface Reading extends AutoCloseable {

        /** Ends the subscription. */
        @Override
        void close();
    }
}
