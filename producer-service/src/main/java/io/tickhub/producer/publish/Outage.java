package io.tickhub.producer.publish;

import io.tickhub.producer.source.NanoClock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once that Kafka went away and once that it is back, however many records wait meanwhile. Thread safe. */
final class Outage {

    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

    private final String bootstrapServers;
    private final NanoClock clock;
    private boolean isAway;
    private long awaySince;

    Outage(String bootstrapServers, NanoClock clock) {
        this.bootstrapServers = bootstrapServers;
        this.clock = clock;
    }

    /**
     * @param sinceNanos since when, by the clock
     * @param waiting what waits for Kafka, for the log
     */
    synchronized void away(long sinceNanos, String waiting) {
        if (!isAway) {
            isAway = true;
            awaySince = sinceNanos;
            LOG.warn("Kafka at {} does not take records; waiting, {}", bootstrapServers, waiting);
        }
    }

    synchronized void back() {
        if (isAway) {
            isAway = false;
            LOG.info(
                    "Kafka at {} takes records again after {} s; going on",
                    bootstrapServers,
                    Duration.ofNanos(clock.nanos() - awaySince).toSeconds());
        }
    }

    synchronized boolean isAway() {
        return isAway;
    }
}
