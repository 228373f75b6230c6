package io.tickhub.producer.publish;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.model.DeadLetterReason;
import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import io.tickhub.model.Topics;
import io.tickhub.producer.source.FakeClock;
import io.tickhub.producer.source.RawRow;
import io.tickhub.producer.source.RowAddress;
import io.tickhub.producer.source.SourceItem;
import io.tickhub.producer.source.TickSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class PumpTest {

    private static final Symbol AAPL = new Symbol("AAPL");
    private static final Topics TOPICS = new Topics("");
    private static final long SECOND = 1_000_000_000L;

    private final MockProducer<byte[], byte[]> kafka =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final Publisher publisher = new Publisher(
            kafka,
            symbols -> symbols.stream()
                    .collect(toMap(identity(), symbol -> TOPICS.ticks(symbol).name())),
            TOPICS,
            "sim-1",
            (symbol, acknowledged) -> {});
    private final FakeClock clock = new FakeClock(0);
    private final Pump pump = new Pump(publisher, clock);

    @Test
    void aSourceIsCarriedToItsEndAtItsPace() throws InterruptedException {
        long start = clock.nanos();
        pump.carry(new Ticks(5, SECOND));
        assertThat(clock.nanos() - start).isEqualTo(4 * SECOND);
        assertThat(publisher.published().ticks()).as("all acknowledged").isEqualTo(5);
    }

    @Test
    void anInterruptStopsItBeforeTheNextItem() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> pump.carry(new Ticks(5, SECOND))).isInstanceOf(InterruptedException.class);
        assertThat(kafka.history()).isEmpty();
    }

    @Test
    void whatASourceGaveBeforeItBrokeOffIsPublishedAndAcknowledged() {
        for (TickSource source : new TickSource[] {new BrokenOff(5, SECOND), new BrokenOff(5, 0)}) {
            long before = publisher.published().ticks();
            assertThatThrownBy(() -> pump.carry(source))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("broken off");
            assertThat(publisher.published().ticks() - before)
                    .as("acknowledged")
                    .isEqualTo(5);
        }
    }

    @Test
    void aRefusalOfKafkaDoesNotHideThatASourceBrokeOff() throws InterruptedException {
        publisher.publish(tick());
        kafka.errorNext(new TopicAuthorizationException("no"));
        assertThatThrownBy(() -> pump.carry(new BrokenOff(5, 0)))
                .isInstanceOf(UncheckedIOException.class)
                .satisfies(fault -> assertThat(fault.getSuppressed()[0]).isInstanceOf(PublishException.class));
    }

    @Test
    void badRowsAreNotKeptTogetherForTheyMayBeWide() throws InterruptedException {
        BadRows source = new BadRows(1_000);
        pump.carry(source);
        assertThat(publisher.published().deadLetters()).isEqualTo(1_000);
        assertThat(source.mostHeld)
                .as("rows that were taken and not handed to Kafka")
                .isLessThanOrEqualTo(1);
    }

    private static SourceItem tick() {
        return new SourceItem.Good(
                new Tick(AAPL, BigDecimal.ONE, BigDecimal.TEN, Instant.EPOCH, "sim-1", "1"), Optional.empty());
    }

    /** So many ticks, each so many nanoseconds after the one before, or all at once. */
    private static class Ticks implements TickSource {

        private final int count;
        private final long distanceNanos;
        private int taken;

        Ticks(int count, long distanceNanos) {
            this.count = count;
            this.distanceNanos = distanceNanos;
        }

        @Override
        public OptionalLong due() {
            if (taken == count) {
                return OptionalLong.empty();
            }
            return OptionalLong.of(distanceNanos == 0 ? AT_ONCE : taken * distanceNanos);
        }

        @Override
        public SourceItem next() {
            taken++;
            return tick();
        }

        @Override
        public void close() {
            // It holds nothing.
        }
    }

    /** So many ticks, and then a fault. */
    private static final class BrokenOff extends Ticks {

        BrokenOff(int count, long distanceNanos) {
            super(count, distanceNanos);
        }

        @Override
        public OptionalLong due() {
            OptionalLong due = super.due();
            if (due.isEmpty()) {
                throw new UncheckedIOException(new IOException("broken off"));
            }
            return due;
        }
    }

    /** So many bad rows at once, between ticks. */
    private final class BadRows implements TickSource {

        private final int count;
        private int taken;
        private long mostHeld;

        BadRows(int count) {
            this.count = count;
        }

        @Override
        public OptionalLong due() {
            return taken < 2 * count ? OptionalLong.of(AT_ONCE) : OptionalLong.empty();
        }

        @Override
        public SourceItem next() {
            taken++;
            if (taken % 2 == 0) {
                return tick();
            }
            long letters = kafka.history().stream()
                    .filter(message -> message.topic().equals("dead-letters"))
                    .count();
            mostHeld = Math.max(mostHeld, taken / 2 + 1 - letters);
            return new SourceItem.Bad(
                    new RowAddress("day.csv", taken),
                    new RawRow(taken, new byte[10], RawRow.Extent.WHOLE),
                    Optional.of(AAPL),
                    DeadLetterReason.MISSING_FIELD,
                    "price is empty");
        }

        @Override
        public void close() {
            // It holds nothing.
        }
    }
}
