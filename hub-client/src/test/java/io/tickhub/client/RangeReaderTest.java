package io.tickhub.client;

import static io.tickhub.client.FeedRecords.A;
import static io.tickhub.client.FeedRecords.AAPL;
import static io.tickhub.client.FeedRecords.ended;
import static io.tickhub.client.FeedRecords.gap;
import static io.tickhub.client.FeedRecords.skipped;
import static io.tickhub.client.FeedRecords.tick;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.model.Covers;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RangeReaderTest {

    private final RangeReader range = new RangeReader(AAPL, 10);

    @Test
    void deliversTicksThatJoinFromTheStart() {
        assertThat(describe(range.accept(tick(A, 10, 11)))).containsExactly("tick 10 (10-11)");
        assertThat(describe(range.accept(tick(A, 11, 14)))).containsExactly("tick 13 (11-14)");
        assertThat(describe(range.accept(skipped(A, 14, 20)))).containsExactly("skipped (14-20)");
        assertThat(describe(range.accept(gap(A, 20, 25)))).containsExactly("gap (20-25)");
    }

    @Test
    void announcesAHoleBeforeTheRecordThatShowsIt() {
        range.accept(tick(A, 10, 11));

        assertThat(describe(range.accept(tick(A, 13, 14)))).containsExactly("hole (11-13)", "tick 13 (13-14)");
    }

    @Test
    void announcesAHoleAtTheStart() {
        assertThat(describe(range.accept(tick(A, 12, 13)))).containsExactly("hole (10-12)", "tick 12 (12-13)");
    }

    @Test
    void dropsWhatItHasSeenAfterAFailover() {
        range.accept(tick(A, 10, 11));
        range.accept(tick(A, 11, 12));

        assertThat(range.accept(tick(A, 10, 11))).isEmpty();
        assertThat(range.accept(tick(A, 11, 12))).isEmpty();
        assertThat(describe(range.accept(tick(A, 11, 13)))).containsExactly("tick 12 (12-13)");
    }

    @Test
    void aTickMayStandForOffsetsAfterItToo() {
        assertThat(describe(range.accept(tick(A, 10, 15, 12)))).containsExactly("tick 12 (10-15)");
    }

    @Test
    void doesNotDeliverATickAgainThatIsRepeatedWithALongerRange() {
        range.accept(tick(A, 10, 11, 10));

        assertThat(describe(range.accept(tick(A, 10, 15, 10)))).containsExactly("skipped (11-15)");
    }

    @Test
    void deliversATickBeforeTheEndWhoseRangeReachesBeyond() {
        range.endAt(12);

        assertThat(describe(range.accept(tick(A, 10, 15, 11)))).containsExactly("tick 11 (10-12)", "ended (12-12)");
    }

    @Test
    void finishesAtTheEndAndDropsWhatTheHubSendsBeyond() {
        range.accept(tick(A, 10, 11));
        assertThat(range.endAt(12)).isEmpty();

        assertThat(describe(range.accept(tick(A, 11, 12)))).containsExactly("tick 11 (11-12)", "ended (12-12)");
        assertThat(range.isFinished()).isTrue();
        assertThat(range.accept(tick(A, 12, 13))).isEmpty();
        assertThat(range.accept(ended(A, 12))).isEmpty();
    }

    @Test
    void finishesAtOnceWhenEverythingBeforeTheEndWasDelivered() {
        range.accept(tick(A, 10, 11));

        assertThat(describe(range.endAt(11))).containsExactly("ended (11-11)");
        assertThat(range.endAt(11)).isEmpty();
    }

    @Test
    void finishesAnEmptyRange() {
        assertThat(describe(range.endAt(10))).containsExactly("ended (10-10)");
    }

    @Test
    void coversTheOffsetsBeforeTheEndWhenTheNextTickLiesBeyond() {
        range.endAt(12);

        assertThat(describe(range.accept(tick(A, 10, 15)))).containsExactly("skipped (10-12)", "ended (12-12)");
    }

    @Test
    void announcesAHoleUpToTheEndWhenAllRecordsLieBeyond() {
        range.endAt(12);

        assertThat(describe(range.accept(tick(A, 14, 15)))).containsExactly("hole (10-12)", "ended (12-12)");
    }

    @Test
    void endsWithTheTopic() {
        range.accept(tick(A, 10, 11));

        assertThat(describe(range.accept(ended(A, 11)))).containsExactly("ended (11-11)");
        assertThat(range.isOpen()).isFalse();
    }

    @Test
    void announcesAHoleBeforeAnEndThatCameTooEarly() {
        assertThat(describe(range.accept(ended(A, 13)))).containsExactly("hole (10-13)", "ended (13-13)");
    }

    @Test
    void takesItsPlaceFromTheFirstRecordWhenResumed() {
        range.resume();

        assertThat(describe(range.accept(tick(A, 17, 18)))).containsExactly("tick 17 (17-18)");
        assertThat(describe(range.accept(tick(A, 19, 20)))).containsExactly("hole (18-19)", "tick 19 (19-20)");
    }

    @Test
    void announcesAGapWhenTheResumedFeedHasLostRecords() {
        range.resume();
        range.distrust();

        assertThat(describe(range.accept(tick(A, 17, 18)))).containsExactly("gap (10-17)", "tick 17 (17-18)");
    }

    @Test
    void coversExactlyItsRangeWhateverIsRepeatedLostOrOverrun() {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            RangeReader reader = new RangeReader(AAPL, 100);
            long end = 100L + random.nextInt(40);
            int endKnownAfter = random.nextInt(50);
            List<MarketEvent> events = new ArrayList<>();
            long next = 100;
            for (int i = 0; i < 50 || !reader.isFinished(); i++) {
                if (i == endKnownAfter && next <= end) {
                    events.addAll(reader.endAt(end));
                } else if (i > 60) {
                    events.addAll(reader.accept(ended(A, next)));
                }
                long from = Math.max(100, next + random.nextInt(5) - 2);
                long to = from + 1L + random.nextInt(3);
                events.addAll(
                        reader.accept(random.nextBoolean() ? randomTick(random, from, to) : skipped(A, from, to)));
                next = Math.max(next, to);
            }

            long covered = 100;
            for (MarketEvent event : events) {
                assertThat(event.covers().from())
                        .as("seed %d: %s", seed, events)
                        .isEqualTo(covered);
                covered = event.covers().to();
            }
            assertThat(events.getLast()).isInstanceOf(MarketEvent.Ended.class);
            assertThat(reader.end()).hasValue(covered);
        }
    }

    private static FeedRecord randomTick(Random random, long from, long to) {
        return tick(A, from, to, from + random.nextInt((int) (to - from)));
    }

    private static List<String> describe(List<MarketEvent> events) {
        return events.stream().map(RangeReaderTest::describe).toList();
    }

    private static String describe(MarketEvent event) {
        Covers covers = event.covers();
        return switch (event) {
            case MarketEvent.FeedTick tick -> "tick " + tick.offset() + " (" + covers + ")";
            case MarketEvent.Skipped skipped -> "skipped (" + covers + ")";
            case MarketEvent.Gap gap -> "gap (" + covers + ")";
            case MarketEvent.Hole hole -> "hole (" + covers + ")";
            case MarketEvent.Begun begun -> "begun (" + covers + ")";
            case MarketEvent.Stale stale -> "stale (" + covers + ")";
            case MarketEvent.Recovered recovered -> "recovered (" + covers + ")";
            case MarketEvent.Ended ended -> "ended (" + covers + ")";
        };
    }
}
