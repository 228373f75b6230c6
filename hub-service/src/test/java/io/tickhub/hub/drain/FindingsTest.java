package io.tickhub.hub.drain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.hub.table.HubTables;
import io.tickhub.model.ClientId;
import io.tickhub.model.InstanceStatus;
import io.tickhub.model.Lease;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Progress;
import io.tickhub.model.Subscription;
import io.tickhub.model.Symbol;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.KafkaConfig;
import io.tickhub.runtime.presence.Instances;
import io.tickhub.runtime.table.CompactedTable;
import io.tickhub.runtime.table.TableFiller;
import io.tickhub.runtime.table.TableReader;
import io.tickhub.runtime.topic.TickTopics;
import io.tickhub.runtime.topic.TickTopics.TickTopic;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The topic of AAPL ends at 100. */
class FindingsTest {

    private static final Topics TOPICS = new Topics("");
    private static final Symbol AAPL = new Symbol("AAPL");
    private static final long END = 100;

    private final TableReader reader =
            new TableReader(new KafkaConfig("localhost:1", TOPICS, Map.of()), "never-started", failure -> {});
    private final HubTables tables = new HubTables(
            reader.table(TOPICS.subscriptions(), Subscription.class),
            reader.table(TOPICS.progress(), Progress.class),
            reader.table(TOPICS.leases(), Lease.class),
            reader.table(TOPICS.stats(), PriceStats.class));
    private final CompactedTable<InstanceStatus> services = reader.table(TOPICS.services(), InstanceStatus.class);
    private long forwarded = END;

    @Test
    void aSymbolIsCompleteWhenItsStatisticsReachTheEndAndAddUp() {
        stats("topic-1", 90, 0, 100, 7);

        Findings found = find();

        assertThat(found.symbols()).singleElement().satisfies(line -> {
            assertThat(line.complete()).isTrue();
            assertThat(line.counted()).isEqualTo(90);
            assertThat(line.rejected()).isEqualTo(7);
            assertThat(line.missed() + line.skipped()).isEqualTo(3);
        });
        assertThat(found.areCounted()).isTrue();
    }

    @Test
    void oneOffsetTooFewIsSeen() {
        stats("topic-1", 89, 0, 99, 7);

        assertThat(find().areCounted()).isFalse();
        assertThat(find().symbols()).noneMatch(line -> line.complete());
    }

    @Test
    void statisticsThatDoNotAddUpAreReachedButNotComplete() {
        stats("topic-1", 89, 0, 100, 7);

        assertThat(find().areCounted()).as("waiting will not mend it").isTrue();
        assertThat(find().symbols()).noneMatch(line -> line.complete());
    }

    @Test
    void statisticsOfAnEarlierTopicOfTheNameDoNotCount() {
        stats("topic-0", 90, 0, 100, 7);

        assertThat(find().areCounted()).isFalse();
    }

    @Test
    void whatNobodyCountedIsNotComplete() {
        assertThat(find().areCounted()).isFalse();
    }

    @Test
    void aLiveSubscriptionIsForwardedAsFarAsTheGroupHasCommitted() {
        subscribe(OptionalLong.empty(), Progress.LIVE);

        assertThat(find().areForwarded()).isTrue();
        forwarded = END - 1;
        assertThat(find().areForwarded()).isFalse();
    }

    @Test
    void aSubscriptionThatCatchesUpIsForwardedAsFarAsItSays() {
        subscribe(OptionalLong.empty(), Progress.catchingUp(END - 1));

        assertThat(find().areForwarded())
                .as("though the group has committed the end")
                .isFalse();
        subscribe(OptionalLong.empty(), Progress.catchingUp(END));
        assertThat(find().areForwarded()).isTrue();
    }

    @Test
    void aSubscriptionNeedsNoMoreThanItsOwnRange() {
        forwarded = 50;
        subscribe(OptionalLong.of(50), Progress.LIVE);

        assertThat(find().areForwarded()).isTrue();
    }

    @Test
    void whatHasEndedIsForwarded() {
        forwarded = 0;
        subscribe(OptionalLong.empty(), Progress.ended(20));

        assertThat(find().areForwarded()).isTrue();
        assertThat(find().feeds()).singleElement().satisfies(line -> {
            assertThat(line.feed()).isEqualTo("feeds.alice.1");
            assertThat(line.symbols()).containsExactly(AAPL);
        });
    }

    private Findings find() {
        TickTopics topics = new TickTopics(1, new TreeMap<>(Map.of(AAPL, new TickTopic("ticks.AAPL", "topic-1", 1))));
        return Findings.of(
                new Findings.Offsets(topics, Map.of("ticks.AAPL", END), Map.of("ticks.AAPL", forwarded)),
                tables,
                new RollCall(services, new Instances(services, () -> 0)));
    }

    private void stats(String topicId, long count, long since, long asOf, long rejected) {
        TableFiller.put(
                tables.stats(),
                "AAPL",
                new PriceStats(
                        AAPL, topicId, count, null, null, null, null, null, null, null, null, null, null, null, since,
                        asOf, rejected, 1, 2));
    }

    private void subscribe(OptionalLong end, Progress progress) {
        Subscription subscription =
                new Subscription("0-1", new ClientId("alice"), AAPL, "topic-1", "feeds.alice.1", 5, end, "c0ffee");
        TableFiller.put(tables.subscriptions(), subscription.key(), subscription);
        TableFiller.put(tables.progress(), subscription.key(), progress);
    }
}
