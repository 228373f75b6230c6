package io.tickhub.benchmarks.latency;

import io.tickhub.benchmarks.rig.Latencies;
import io.tickhub.benchmarks.rig.Percentiles;
import java.util.ArrayList;
import java.util.List;

/** Asks something and waits for the answer. */
@FunctionalInterface
interface Caller {

    /** Returns when the answer is there; one request at a time. */
    void call() throws InterruptedException;

    /** How long so many calls took, one after the other. */
    default Percentiles time(int calls) throws InterruptedException {
        List<Double> millis = new ArrayList<>(calls);
        for (int i = 0; i < calls; i++) {
            long beganNanos = System.nanoTime();
            call();
            millis.add((System.nanoTime() - beganNanos) / 1e6);
        }
        return Latencies.of(millis).percentiles();
    }
}
