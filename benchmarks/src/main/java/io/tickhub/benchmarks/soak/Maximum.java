package io.tickhub.benchmarks.soak;

import io.tickhub.benchmarks.rig.Effort;
import io.tickhub.benchmarks.rig.Latencies;
import io.tickhub.benchmarks.rig.Trial;
import java.time.Duration;

/**
 * The highest rate that a market bears, found by doubling: every tick comes, and 99 of 100 within a second. For one thread; owns nothing.
 */
final class Maximum {

    private static final int LOWEST = 1_000;
    private static final int HIGHEST = 64_000;
    private static final int HIGHEST_AT_A_LOOK = 2_000;
    private static final int MOST_MILLIS = 1_000;

    /** Of what is published, that has to come in the same time. */
    private static final double MOST_OF_IT = 0.95;

    private Maximum() {}

    /** In ticks a second; the lowest that is tried if not even that is borne. */
    static int find(Trial trial, Market market) throws InterruptedException {
        int highest = trial.effort().choose(HIGHEST, HIGHEST_AT_A_LOOK);
        int borne = LOWEST;
        for (int rate = LOWEST; rate <= highest && isBorne(trial, market, rate); rate *= 2) {
            borne = rate;
        }
        return borne;
    }

    private static boolean isBorne(Trial trial, Market market, int rate) throws InterruptedException {
        Effort effort = trial.effort();
        Duration time = effort.choose(Duration.ofSeconds(15), Duration.ofSeconds(2));
        market.begin(rate);
        Thread.sleep(time);
        Latencies ages = market.ages(time);
        market.end();
        trial.tell("%,d ticks a second: %,d came in %d s, p99 %.0f ms"
                .formatted(rate, ages.count(), time.toSeconds(), ages.p99()));
        return ages.count() >= MOST_OF_IT * rate * time.toSeconds() && ages.p99() <= MOST_MILLIS;
    }
}
