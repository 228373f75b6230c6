package io.tickhub.benchmarks.concurrency;

/**
 * Arithmetic that keeps a thread busy for a given time, as a computation on a tick would: no sleep, no lock, no memory. Immutable.
 *
 * @param micros how long it takes on a core of its own
 * @param turns how many steps that are here
 */
record CpuWork(double micros, int turns) {

    static final CpuWork NONE = new CpuWork(0, 0);

    private static final int TRIED_TURNS = 2_000_000;
    private static final int TRIALS = 5;

    /** Whoever writes here cannot be optimised away. */
    @SuppressWarnings("UnusedVariable")
    private static volatile double result;

    /** Finds out how many steps this machine does in so many microseconds. */
    static CpuWork ofMicros(double micros) {
        return micros == 0 ? NONE : new CpuWork(micros, (int) Math.max(1, Math.round(micros * 1_000 / nanosOfTurn())));
    }

    /** Works. */
    double run(long cents) {
        double average = cents;
        for (int i = 0; i < turns; i++) {
            average += (cents + i - average) * 0.125;
        }
        return average;
    }

    /** Takes the results of many runs. */
    static void keep(double sum) {
        result = sum;
    }

    /** The shortest of some trials: whatever else runs on the machine only makes them longer. */
    private static double nanosOfTurn() {
        CpuWork tried = new CpuWork(0, TRIED_TURNS);
        long least = Long.MAX_VALUE;
        for (int i = 0; i < TRIALS; i++) {
            long began = System.nanoTime();
            keep(tried.run(i));
            least = Math.min(least, System.nanoTime() - began);
        }
        return (double) least / TRIED_TURNS;
    }
}
