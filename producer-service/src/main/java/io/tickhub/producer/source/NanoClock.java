package io.tickhub.producer.source;

import java.time.Duration;

/** A clock that only goes forward, and the way to wait by it. Thread safe. */
public interface NanoClock {

    /** The clock of the machine. */
    NanoClock SYSTEM = new NanoClock() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void sleep(long nanos) throws InterruptedException {
            Thread.sleep(Duration.ofNanos(nanos));
        }
    };

    /** Nanoseconds since some fixed moment; only differences mean something. */
    long nanos();

    /** Waits about so many nanoseconds, never much less. */
    void sleep(long nanos) throws InterruptedException;
}
