package io.tickhub.benchmarks.rig;

/** How many of a rate are due in each of equal turns: what does not fill a whole one is due in a later turn. For one thread. */
final class TurnShare {

    private final long thousandthsOfTurn;
    private long thousandths;

    /**
     * @param perSecond all turns of a second together
     * @param turnMillis how long each takes
     */
    TurnShare(int perSecond, int turnMillis) {
        this.thousandthsOfTurn = (long) perSecond * turnMillis;
    }

    /** Of the next turn. */
    int next() {
        thousandths += thousandthsOfTurn;
        int due = (int) (thousandths / 1_000);
        thousandths %= 1_000;
        return due;
    }
}
