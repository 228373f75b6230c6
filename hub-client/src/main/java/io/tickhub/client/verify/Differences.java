package io.tickhub.client.verify;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What differs, one sentence each; the first {@value #MOST} of them, and the number of all. For one thread. */
final class Differences {

    private static final int MOST = 20;

    private final List<String> sentences = new ArrayList<>();
    private long count;

    /** Numbers are equal if their values are. */
    void figure(String where, String name, BigDecimal published, BigDecimal recounted) {
        boolean isAbsent = published == null && recounted == null;
        boolean isEqual = published != null && recounted != null && published.compareTo(recounted) == 0;
        if (!isAbsent && !isEqual) {
            add(where + " " + name + " is " + published + ", recounted " + recounted);
        }
    }

    /** Numbers are equal if they are no further apart than the error, or that part of the recounted one if it is above 1. */
    void near(String where, String name, BigDecimal published, BigDecimal recounted, BigDecimal error) {
        BigDecimal bound = error.multiply(recounted.max(BigDecimal.ONE));
        if (published.subtract(recounted).abs().compareTo(bound) > 0) {
            add(where + " " + name + " is " + published + ", recounted " + recounted);
        }
    }

    void value(String where, String name, Object published, Object recounted) {
        if (!Objects.equals(published, recounted)) {
            add(where + " " + name + " is " + published + ", recounted " + recounted);
        }
    }

    void add(String sentence) {
        count++;
        if (sentences.size() < MOST) {
            sentences.add(sentence);
        }
    }

    long count() {
        return count;
    }

    List<String> sentences() {
        return List.copyOf(sentences);
    }
}
