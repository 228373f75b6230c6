package io.tickhub.client.verify;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Checks a published percentile of volumes without keeping them: the true one is in its place in rising order, so it is near enough if no
 * more volumes than that lie below what is near enough, and more than that are not above it. For one thread.
 */
final class PercentileRecount {

    /** As the protocol promises: a part of the true percentile. */
    private static final BigDecimal ERROR = new BigDecimal("0.01");

    private final String name;
    private final int percent;
    private final BigDecimal published;
    private final BigDecimal least;
    private final BigDecimal most;
    private long below;
    private long notAbove;

    PercentileRecount(String name, int percent, BigDecimal published) {
        this.name = name;
        this.percent = percent;
        this.published = published;
        this.least = published.divide(BigDecimal.ONE.add(ERROR), MathContext.DECIMAL128);
        this.most = published.divide(BigDecimal.ONE.subtract(ERROR), MathContext.DECIMAL128);
    }

    void add(BigDecimal volume) {
        if (volume.compareTo(least) < 0) {
            below++;
        }
        if (volume.compareTo(most) <= 0) {
            notAbove++;
        }
    }

    /** @param count of all volumes, above 0 */
    void compare(String where, long count, Differences differences) {
        long place = Math.multiplyExact(count - 1, percent) / 100;
        if (below > place || notAbove <= place) {
            differences.add(where + " " + name + " is " + published.toPlainString() + ", but of " + count + " volumes "
                    + below + " are more than 1 % below it, and " + (count - notAbove) + " more than 1 % above");
        }
    }
}
