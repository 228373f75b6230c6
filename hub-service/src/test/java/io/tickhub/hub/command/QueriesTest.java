package io.tickhub.hub.command;

import static io.tickhub.hub.command.HubTablesFixture.ALICE;
import static io.tickhub.hub.command.HubTablesFixture.NO_KAFKA;
import static io.tickhub.hub.command.HubTablesFixture.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.hub.feed.FeedLags;
import io.tickhub.model.ClientId;
import io.tickhub.model.Command;
import io.tickhub.model.Json;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Progress;
import io.tickhub.model.Reply;
import io.tickhub.model.Role;
import io.tickhub.model.Subscription;
import io.tickhub.model.Symbol;
import io.tickhub.runtime.ServiceRuntime;
import io.tickhub.runtime.config.RuntimeConfig;
import io.tickhub.runtime.table.TableFiller;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueriesTest {

    private static final int MANY = 3_000;

    private final HubTablesFixture fixture = new HubTablesFixture();
    /** Never started: only its name and its tables are asked for. */
    private final ServiceRuntime runtime = new ServiceRuntime(
            new RuntimeConfig("hub-1", NO_KAFKA, Duration.ofMinutes(1), OptionalInt.empty(), "localhost"),
            Role.HUB,
            List.of(),
            () -> true);

    private final Queries queries = new Queries(
            runtime,
            fixture.tables,
            new FeedLags(runtime.admin(), runtime.topics(), fixture.tables, 100),
            Duration.ofSeconds(30));

    private static Reply read(byte[] json) {
        return Json.read(json, Reply.class);
    }

    @AfterEach
    void close() {
        runtime.close();
    }

    @Test
    void longListsComeInPagesThatFitAndJoin() {
        for (int i = 0; i < MANY; i++) {
            stats("S" + i);
        }

        List<Symbol> got = new ArrayList<>();
        Optional<Symbol> after = Optional.empty();
        int pages = 0;
        do {
            byte[] json = queries.stats(new Command.GetStats(ALICE, List.of(), after));
            Reply.Stats page = (Reply.Stats) read(json);
            assertThat(json).as("as the codec writes it").isEqualTo(Json.write(page));
            assertThat(json).hasSizeBetween(1, Reply.MAX_BYTES);
            page.stats().forEach(stats -> got.add(stats.symbol()));
            after = page.after();
            pages++;
        } while (after.isPresent());

        assertThat(pages).isGreaterThan(1);
        assertThat(got).hasSize(MANY).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void symbolsWithoutStatisticsAreLeftOut() {
        stats("AAPL");

        Reply.Stats reply = (Reply.Stats) read(queries.stats(
                new Command.GetStats(ALICE, List.of(new Symbol("MSFT"), new Symbol("AAPL")), Optional.empty())));

        assertThat(reply.stats()).extracting(stats -> stats.symbol().name()).containsExactly("AAPL");
        assertThat(reply.after()).isEmpty();
    }

    @Test
    void subscriptionsSayHowFarTheHubHasCome() {
        Subscription first = fixture.read(subscription("0-1", "AAPL"));
        fixture.read(subscription("0-2", "AAPL"));
        fixture.progress(first, Progress.LIVE);

        Reply.Subscriptions reply = (Reply.Subscriptions)
                read(queries.subscriptions(new Command.ListSubscriptions(ALICE, Optional.empty()), Optional.empty()));
        Reply.Subscriptions rest = (Reply.Subscriptions) read(queries.subscriptions(
                new Command.ListSubscriptions(ALICE, Optional.of(first.key())), Optional.empty()));

        assertThat(reply.subscriptions())
                .extracting(Reply.Subscriptions.Held::state)
                .containsExactly("LIVE", "NEW");
        assertThat(rest.subscriptions())
                .extracting(Reply.Subscriptions.Held::subscription)
                .containsExactly("0-2");
    }

    @Test
    void aClientThatIsKnownForSureSeesItsOwnSubscriptionsOnly() {
        fixture.read(subscription("0-1", "AAPL"));
        Command.ListSubscriptions query = new Command.ListSubscriptions(ALICE, Optional.empty());

        assertThat(((Reply.Subscriptions) read(queries.subscriptions(query, Optional.of(new ClientId("bob")))))
                        .subscriptions())
                .isEmpty();
        assertThat(((Reply.Subscriptions) read(queries.subscriptions(query, Optional.of(ALICE)))).subscriptions())
                .hasSize(1);
    }

    @Test
    void aPongNamesTheInstance() {
        assertThat(queries.ping()).isInstanceOfSatisfying(Reply.Pong.class, pong -> {
            assertThat(pong.instance()).isEqualTo("hub-1");
            assertThat(pong.role()).isEqualTo("hub");
        });
    }

    private void stats(String symbol) {
        BigDecimal some = new BigDecimal("187.250000000001");
        TableFiller.put(
                fixture.tables.stats(),
                symbol,
                new PriceStats(
                        new Symbol(symbol),
                        "topic-1",
                        1,
                        some,
                        some,
                        some,
                        some,
                        some,
                        some,
                        some,
                        some,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        some,
                        0,
                        1,
                        0,
                        0,
                        0));
    }
}
