package io.tickhub.hub.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.model.Covers;
import io.tickhub.model.FeedEvent;
import io.tickhub.model.Headers;
import io.tickhub.model.Subscription;
import io.tickhub.model.WhenSlow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens, every subscription gets its range once, in order. Thousands of random histories; one that fails is told by its
 * seed.
 */
class ExactRangesTest {

    private static final int HISTORIES = 2_500;
    private static final int STEPS = 120;

    @Test
    void everySubscriptionGetsItsRangeOnceAndInOrder() {
        long seeds = Long.getLong("tickhub.seed", 20_261_120L);
        for (long seed = seeds; seed < seeds + HISTORIES; seed++) {
            FeedWorld world = new FeedWorld(seed);
            try {
                for (int step = 0; step < STEPS; step++) {
                    world.step();
                }
                assertThat(world.finish()).as("cycles until all have ended").isNotNegative();
                assertThat(world.beyondTheirEnd())
                        .as("copies of what was known not to be wanted")
                        .isEmpty();
                world.everSubscribed().forEach(subscription -> proveRange(world, subscription));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private static void proveRange(FeedWorld world, Subscription subscription) {
        List<ProducerRecord<byte[], byte[]>> records = world.written().stream()
                .filter(record -> record.topic().equals(subscription.feed()))
                .filter(record -> text(record, Headers.SUBSCRIPTION).equals(Optional.of(subscription.id())))
                .toList();
        SymbolLog log = world.log(subscription.topicId());
        List<Long> deleted = new ArrayList<>();
        List<Long> delivered = new ArrayList<>();
        long covered = subscription.start();
        boolean ended = false;
        Optional<Duration> sent = Optional.empty();
        if (subscription.announced() && !records.isEmpty()) {
            assertThat(text(records.get(0), Headers.EVENT))
                    .as("%s: tells its beginning first", subscription)
                    .isIn(Optional.of("BEGUN"), Optional.of("ENDED"));
        }
        for (int i = 0; i < records.size(); i++) {
            ProducerRecord<byte[], byte[]> record = records.get(i);
            assertThat(ended).as("%s: nothing follows the end", subscription).isFalse();
            Covers covers = Covers.parse(text(record, Headers.COVERS).orElseThrow());
            Optional<FeedEvent.Kind> event = text(record, Headers.EVENT).map(FeedEvent.Kind::valueOf);
            ended = event.equals(Optional.of(FeedEvent.Kind.ENDED));
            if (ended && !world.isCurrent(subscription.topicId())) {
                // Whoever opened the symbol again under another topic id does not know how far the copy had come.
                continue;
            }
            assertThat(covers.from()).as("%s: the ranges join", subscription).isEqualTo(covered);
            covered = covers.to();
            if (event.isEmpty()) {
                delivered.add(Long.valueOf(text(record, Headers.OFFSET).orElseThrow()));
                assertThat(delivered.get(delivered.size() - 1))
                        .as("%s: the latest tick of %s", subscription, covers)
                        .isEqualTo(log.ticks(covers.from(), covers.to()).getLast());
                // What waits when a gap is to be told is sent before it.
                boolean gapFollows = i + 1 < records.size()
                        && text(records.get(i + 1), Headers.EVENT).equals(Optional.of("GAP"));
                if (sent.isPresent() && subscription.conflate().isPresent() && !gapFollows) {
                    assertThat(world.writtenAt(record).minus(sent.get()))
                            .as("%s: time since the tick before", subscription)
                            .isGreaterThanOrEqualTo(subscription.conflate().get());
                }
                sent = Optional.of(world.writtenAt(record));
                assertThat(record.value()).isEqualTo(log.value(delivered.get(delivered.size() - 1)));
            } else if (event.get() == FeedEvent.Kind.GAP) {
                assertThat(covers.to())
                        .as("%s: a gap was deleted", subscription)
                        .isLessThanOrEqualTo(log.beginning());
                deleted.addAll(log.ticks(covers.from(), covers.to()));
            } else {
                assertThat(log.ticks(covers.from(), covers.to()))
                        .as("%s: no tick is skipped", subscription)
                        .isEmpty();
            }
        }
        if (subscription.conflate().isPresent() || subscription.whenSlow() == WhenSlow.CONFLATE) {
            assertThat(delivered).as("%s: in order", subscription).isSorted();
        } else {
            List<Long> expected = log.ticks(subscription.start(), covered);
            expected.removeAll(deleted);
            assertThat(delivered)
                    .as("%s: every tick of %d-%d", subscription, subscription.start(), covered)
                    .isEqualTo(expected);
        }
        if (!world.isDeleted(subscription.feed()) && !world.isRemovedByHand(subscription)) {
            assertThat(ended).as("%s has ended", subscription).isTrue();
            if (world.isCurrent(subscription.topicId())) {
                assertThat(covered)
                        .as("%s is covered to its end", subscription)
                        .isGreaterThanOrEqualTo(subscription.end().orElseThrow());
            }
        }
    }

    private static Optional<String> text(ProducerRecord<byte[], byte[]> record, String header) {
        return Optional.ofNullable(record.headers().lastHeader(header))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }
}
