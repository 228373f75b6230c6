package io.tickhub.producer.source;

/** A clock that stands still but for its sleeps, each of which takes longer than asked, as on a real machine. */
public final class FakeClock implements NanoClock {

    private final long overshootNanos;
    private long nanos = 12_345;
    private long sleeps;

    public FakeClock(long overshootNanos) {
        this.overshootNanos = overshootNanos;
    }

    public void pass(long passedNanos) {
        nanos += passedNanos;
    }

    public long sleeps() {
        return sleeps;
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public void sleep(long sleptNanos) {
        nanos += sleptNanos + overshootNanos;
        sleeps++;
    }
}
