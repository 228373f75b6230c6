package io.tickhub.producer.publish;

import io.tickhub.producer.source.NanoClock;
import io.tickhub.producer.source.Pacer;
import io.tickhub.producer.source.TickSource;
import java.time.Duration;
import java.util.OptionalLong;

/** Carries a source to Kafka at the source's own pace. Used by one thread; owns nothing. */
public final class Pump {

    /** After a longer delay the source does not catch up. */
    private static final Duration ALLOWANCE = Duration.ofSeconds(1);

    private final Publisher publisher;
    private final Pacer pacer;

    public Pump(Publisher publisher, NanoClock clock) {
        this.publisher = publisher;
        this.pacer = new Pacer(clock, ALLOWANCE);
    }

    /**
     * Returns when the source has ended and Kafka has acknowledged everything.
     *
     * @throws InterruptedException if the thread is interrupted; every item taken until then but the last was handed to Kafka
     */
    public void carry(TickSource source) throws InterruptedException {
        for (OptionalLong due = source.due(); due.isPresent(); due = source.due()) {
            pacer.awaitDue(due.getAsLong());
            if (Thread.interrupted()) {
                throw new InterruptedException("stopped while publishing");
            }
            publisher.publish(source.next());
        }
        publisher.awaitAcknowledged();
    }

    /** The time by which the schedule was put off because Kafka held it up. */
    public Duration givenUp() {
        return pacer.givenUp();
    }
}
