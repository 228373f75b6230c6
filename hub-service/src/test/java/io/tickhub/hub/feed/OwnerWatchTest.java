package io.tickhub.hub.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.hub.table.HubTables;
import io.tickhub.model.ClientId;
import io.tickhub.model.Headers;
import io.tickhub.model.InstanceStatus;
import io.tickhub.model.Lease;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Progress;
import io.tickhub.model.Role;
import io.tickhub.model.Subscription;
import io.tickhub.model.Symbol;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.KafkaConfig;
import io.tickhub.runtime.table.CompactedTable;
import io.tickhub.runtime.table.TableFiller;
import io.tickhub.runtime.table.TableReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OwnerWatchTest {

    private static final Topics TOPICS = new Topics("");
    private static final Instant BEGINNING = Instant.parse("2026-01-05T14:30:00Z");
    private static final Subscription ALICES = new Subscription(
            "0-1", new ClientId("alice"), new Symbol("AAPL"), "t", "feeds.alice.1", 0, OptionalLong.empty(), "c");

    private final TableReader reader =
            new TableReader(new KafkaConfig("localhost:1", TOPICS, Map.of()), "never-started", failure -> {});
    private final HubTables tables = new HubTables(
            reader.table(TOPICS.subscriptions(), Subscription.class),
            reader.table(TOPICS.progress(), Progress.class),
            reader.table(TOPICS.leases(), Lease.class),
            reader.table(TOPICS.stats(), PriceStats.class));
    private final CompactedTable<InstanceStatus> services = reader.table(TOPICS.services(), InstanceStatus.class);
    private final List<String> told = new ArrayList<>();
    private final Set<String> silent = new HashSet<>();
    private long halfSeconds;
    private final OwnerWatch watch = new OwnerWatch(
            services,
            tables,
            "hub-1",
            () -> Duration.ofMillis(500 * halfSeconds).toNanos(),
            record -> told.add(
                    new String(record.headers().lastHeader(Headers.EVENT).value(), StandardCharsets.UTF_8)));

    @BeforeEach
    void aSubscriptionServedByTheSecondHub() {
        TableFiller.put(tables.subscriptions(), ALICES.key(), ALICES);
        TableFiller.put(
                tables.progress(),
                ALICES.key(),
                Progress.LIVE.by(status("hub-2").run()));
        pass(10);
    }

    @Test
    void nothingIsToldWhileTheOwnerIsThere() {
        pass(20);

        assertThat(told).isEmpty();
    }

    @Test
    void anOwnerThatIsSilentIsToldOnceAndWhenItIsBack() {
        silent.add("hub-2");
        pass(4);
        assertThat(told).isEmpty();
        pass(4);
        assertThat(told).containsExactly("STALE");
        pass(10);
        assertThat(told).containsExactly("STALE");

        silent.clear();
        pass(4);

        assertThat(told).containsExactly("STALE", "RECOVERED");
    }

    @Test
    void whoTakesOverTellsItItself() {
        silent.add("hub-2");
        pass(8);
        TableFiller.put(
                tables.progress(),
                ALICES.key(),
                Progress.LIVE.by(status("hub-1").run()));

        pass(8);

        assertThat(told).containsExactly("STALE");
    }

    @Test
    void onlyTheFirstOfTheHubsTells() {
        services("hub-0");
        silent.add("hub-2");
        for (int i = 0; i < 10; i++) {
            services("hub-0");
            pass(1);
        }

        assertThat(told).isEmpty();
    }

    @Test
    void oneThatLeftIsGivenTimeToHandOver() {
        TableFiller.remove(services, "hub-2", BEGINNING.plusMillis(500 * halfSeconds));
        silent.add("hub-2");
        pass(4);
        assertThat(told).isEmpty();

        pass(4);

        assertThat(told).containsExactly("STALE");
    }

    @Test
    void whatEndedIsNotWatched() {
        silent.add("hub-2");
        TableFiller.put(
                tables.progress(),
                ALICES.key(),
                Progress.ended(7).by(status("hub-2").run()));

        pass(10);

        assertThat(told).isEmpty();
    }

    /** Half seconds, in each of which every hub that is not silent writes its record. */
    private void pass(int times) {
        for (int i = 0; i < times; i++) {
            halfSeconds++;
            services("hub-1");
            services("hub-2");
            watch.look();
        }
    }

    private void services(String hub) {
        if (!silent.contains(hub)) {
            TableFiller.put(services, hub, status(hub), BEGINNING.plusMillis(500 * halfSeconds));
        }
    }

    private static InstanceStatus status(String hub) {
        return new InstanceStatus(hub, Role.HUB, "0", InstanceStatus.State.RUNNING, BEGINNING, List.of());
    }
}
