package io.tickhub.drill.rig;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for conditions, each with a deadline and a name. No state. */
public final class Await {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private Await() {}

    /** @throws DrillException if the condition does not hold in time; its message says what was waited for */
    public static void until(String what, Duration timeout, BooleanSupplier condition) throws InterruptedException {
        until(() -> what, timeout, condition);
    }

    /** @param what asked when the time is over */
    public static void until(Supplier<String> what, Duration timeout, BooleanSupplier condition)
            throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new DrillException("not within " + timeout.toSeconds() + " s: " + what.get());
            }
            Thread.sleep(LOOK_AGAIN);
        }
    }
}
