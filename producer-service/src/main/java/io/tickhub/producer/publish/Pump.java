package io.tickhub.producer.publish;

import io.tickhub.producer.source.NanoClock;
import io.tickhub.producer.source.Pacer;
import io.tickhub.producer.source.SourceItem;
import io.tickhub.producer.source.TickSource;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Carries a source to Kafka at the source's own pace. Used by one thread; owns nothing. */
public final class Pump {

    /** After a longer delay the source does not catch up. */
    private static final Duration ALLOWANCE = Duration.ofSeconds(1);

    /** What is due at once and is published symbol by symbol: some ticks for each of a thousand symbols. */
    public static final int MOST_IN_GROUP = 8_192;

    private final Publisher publisher;
    private final Pacer pacer;

    public Pump(Publisher publisher, NanoClock clock) {
        this.publisher = publisher;
        this.pacer = new Pacer(clock, ALLOWANCE);
    }

    /**
     * Returns when the source has ended and Kafka has acknowledged everything. Also what a source gave before it broke off is
     * acknowledged when this throws.
     *
     * @throws UncheckedIOException if the source can be read no further
     * @throws UnusableTopicException if a symbol's topic cannot be used
     * @throws PublishException if Kafka refused a record for good
     * @throws InterruptedException if the thread is interrupted; of what was taken until then the last few of each symbol may not have been
     *     handed to Kafka
     */
    public void carry(TickSource source) throws InterruptedException {
        List<SourceItem> group = new ArrayList<>(MOST_IN_GROUP);
        try {
            carry(source, group);
            finish(group);
        } catch (UncheckedIOException | UnusableTopicException e) {
            finishAfter(e, group);
            throw e;
        }
    }

    private void carry(TickSource source, List<SourceItem> group) throws InterruptedException {
        for (OptionalLong due = source.due(); due.isPresent(); due = source.due()) {
            boolean isPaced = due.getAsLong() != TickSource.AT_ONCE;
            if (isPaced || group.size() == MOST_IN_GROUP) {
                publish(group);
            }
            pacer.awaitDue(due.getAsLong());
            if (Thread.interrupted()) {
                throw new InterruptedException("stopped while publishing");
            }
            SourceItem item = source.next();
            // A bad row holds up to 64 KiB: thousands of them are never kept together.
            if (isPaced || item instanceof SourceItem.Bad) {
                publisher.publish(item);
            } else {
                group.add(item);
            }
        }
    }

    private void finishAfter(RuntimeException fault, List<SourceItem> group) throws InterruptedException {
        try {
            finish(group);
        } catch (PublishException | UnusableTopicException e) {
            fault.addSuppressed(e);
        }
    }

    private void finish(List<SourceItem> group) throws InterruptedException {
        publish(group);
        publisher.awaitAcknowledged();
    }

    /** Leaves the group empty whatever comes of it: what may have been published in part must not be published again. */
    private void publish(List<SourceItem> group) throws InterruptedException {
        if (group.isEmpty()) {
            return;
        }
        try {
            publisher.publish(group);
        } finally {
            group.clear();
        }
    }

    /** The time by which the schedule was put off because Kafka held it up. */
    public Duration givenUp() {
        return pacer.givenUp();
    }
}
