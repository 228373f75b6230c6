package io.tickhub.runtime.log;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Logs what may happen to very many records: how often since the last line, and the last case, at most once an interval. Thread
 * safe. Where the exact number matters, a metric counts too.
 */
public final class Tally {

    static final Duration INTERVAL = Duration.ofSeconds(10);

    private static final int MOST_DETAIL = 300;

    private final Logger log;
    private final String what;
    private final LongSupplier nanoTime;
    private long count;
    private String last = "";
    private long quietUntilNanos;

    /** @param what happened, after a number: {@code replies were not written} */
    public Tally(Logger log, String what) {
        this(log, what, System::nanoTime);
    }

    Tally(Logger log, String what, LongSupplier nanoTime) {
        this.log = log;
        this.what = what;
        this.nanoTime = nanoTime;
        this.quietUntilNanos = nanoTime.getAsLong();
    }

    /** It happened once more. */
    public synchronized void add(String detail) {
        count++;
        last = detail;
    }

    /** Logs what has not been told if it is time. To be called often, also when nothing happens any more. */
    public synchronized void tell() {
        if (count > 0 && nanoTime.getAsLong() - quietUntilNanos >= 0) {
            log.warn("{} {}; the last one: {}", count, what, last.substring(0, Math.min(last.length(), MOST_DETAIL)));
            count = 0;
            quietUntilNanos = nanoTime.getAsLong() + INTERVAL.toNanos();
        }
    }
}
