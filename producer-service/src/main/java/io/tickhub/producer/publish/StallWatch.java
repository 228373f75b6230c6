package io.tickhub.producer.publish;

import io.tickhub.model.Symbol;
import io.tickhub.producer.source.NanoClock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that Kafka's answers stop, since a producer that never gives up says nothing by itself. A topic that was deleted under
 * the producer is made again, for otherwise everything would wait for it. Used by one thread; owns nothing.
 */
final class StallWatch {

    /** How often to look. */
    static final Duration PERIOD = Duration.ofMillis(500);

    /** Without any answer for so long, Kafka counts as away. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(StallWatch.class);

    private final Publisher publisher;
    private final Outage outage;
    private final TickTopicMaker topicMaker;
    private final TopicLister topicLister;
    private final NanoClock clock;
    private long lastAnswered;
    private long lastProgressNanos;

    /** Names the topics that exist. */
    @FunctionalInterface
    interface TopicLister {
        /** @throws TimeoutException if Kafka does not say in time */
        Set<String> existing() throws InterruptedException, ExecutionException, TimeoutException;

        static TopicLister of(Admin admin) {
            return () -> admin.listTopics().names().get(5, TimeUnit.SECONDS);
        }
    }

    StallWatch(
            Publisher publisher, Outage outage, TickTopicMaker topicMaker, TopicLister topicLister, NanoClock clock) {
        this.publisher = publisher;
        this.outage = outage;
        this.topicMaker = topicMaker;
        this.topicLister = topicLister;
        this.clock = clock;
        this.lastProgressNanos = clock.nanos();
    }

    /** Looks once. */
    void look() throws InterruptedException {
        long answered = publisher.answered();
        long waiting = publisher.waiting();
        if (answered != lastAnswered || waiting == 0) {
            if (answered != lastAnswered) {
                outage.back();
            }
            lastAnswered = answered;
            lastProgressNanos = clock.nanos();
        } else if (clock.nanos() - lastProgressNanos >= PATIENCE.toNanos()) {
            outage.away(lastProgressNanos, waiting + " records are on their way");
            remakeLostTopics();
        }
    }

    private void remakeLostTopics() throws InterruptedException {
        Map<Symbol, String> topics = publisher.topics();
        Set<String> existing;
        try {
            existing = topicLister.existing();
        } catch (ExecutionException | TimeoutException e) {
            return;
        }
        topics.values().removeAll(existing);
        if (!topics.isEmpty()) {
            LOG.warn("Made again because deleted while ticks were published: {}", String.join(", ", topics.values()));
            var unused = topicMaker.ensure(topics.keySet());
        }
    }
}
