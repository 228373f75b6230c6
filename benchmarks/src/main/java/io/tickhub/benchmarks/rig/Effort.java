package io.tickhub.benchmarks.rig;

/** How thoroughly is measured. */
public enum Effort {
    /** For figures that can be quoted. */
    FULL(5),
    /** Seconds: only to see that it runs; its figures mean nothing. */
    QUICK(1);

    private final int rounds;

    Effort(int rounds) {
        this.rounds = rounds;
    }

    /** How often each of those that are compared is measured. */
    public int rounds() {
        return rounds;
    }

    /** One of two values: one for figures that can be quoted, the other for a look. */
    public <T> T choose(T full, T quick) {
        return this == FULL ? full : quick;
    }
}
