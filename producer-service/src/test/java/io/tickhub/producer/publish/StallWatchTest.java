package io.tickhub.producer.publish;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import io.tickhub.model.Topics;
import io.tickhub.producer.source.FakeClock;
import io.tickhub.producer.source.SourceItem;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class StallWatchTest {

    private static final Symbol AAPL = new Symbol("AAPL");
    private static final Topics TOPICS = new Topics("");

    private final MockProducer<byte[], byte[]> kafka =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final FakeClock clock = new FakeClock(0);
    private final Outage outage = new Outage("localhost:9092", clock);
    private final List<Symbol> made = new ArrayList<>();
    private final Set<String> existing = new HashSet<>(Set.of("ticks.AAPL"));
    private final Publisher publisher = new Publisher(kafka, this::make, TOPICS, "sim-1", (symbol, acknowledged) -> {});

    @Test
    void anIdleProducerIsNotAway() throws InterruptedException {
        StallWatch watch = watch(() -> existing);
        passSeconds(100);
        watch.look();
        assertThat(outage.isAway()).isFalse();
    }

    @Test
    void answersThatStopMeanAwayAndTheNextAnswerMeansBack() throws InterruptedException {
        StallWatch watch = watch(() -> {
            throw new TimeoutException("no broker");
        });
        publish();
        watch.look();
        passSeconds(2);
        watch.look();
        assertThat(outage.isAway()).as("after 2 s").isFalse();
        passSeconds(1);
        watch.look();
        assertThat(outage.isAway()).as("after 3 s").isTrue();
        kafka.completeNext();
        watch.look();
        assertThat(outage.isAway()).as("after an answer").isFalse();
        assertThat(made).containsExactly(AAPL);
    }

    @Test
    void aDeletedTopicIsMadeAgain() throws InterruptedException {
        StallWatch watch = watch(() -> existing);
        publish();
        existing.clear();
        passSeconds(3);
        watch.look();
        assertThat(made).containsExactly(AAPL, AAPL);
    }

    @Test
    void aSlowBrokerIsNotToldFromAFastOneAsLongAsItAnswers() throws InterruptedException {
        StallWatch watch = watch(() -> existing);
        for (int n = 0; n < 10; n++) {
            publish();
            publish();
            passSeconds(2);
            kafka.completeNext();
            watch.look();
        }
        assertThat(outage.isAway()).isFalse();
    }

    private StallWatch watch(StallWatch.TopicLister lister) {
        return new StallWatch(publisher, outage, this::make, lister, clock);
    }

    private Map<Symbol, String> make(Collection<Symbol> symbols) {
        made.addAll(symbols);
        return symbols.stream()
                .collect(toMap(identity(), symbol -> TOPICS.ticks(symbol).name()));
    }

    private void publish() throws InterruptedException {
        Tick tick = new Tick(AAPL, BigDecimal.ONE, BigDecimal.ONE, Instant.EPOCH, "", "");
        publisher.publish(new SourceItem.Good(tick, Optional.empty()));
    }

    private void passSeconds(long seconds) {
        clock.pass(seconds * 1_000_000_000L);
    }
}
