package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.benchmarks.command.Answer;
import io.tickhub.benchmarks.command.CommandLoad;
import io.tickhub.benchmarks.command.Effects;
import io.tickhub.benchmarks.command.Requester;
import io.tickhub.client.MarketDataClient;
import io.tickhub.model.Command;
import io.tickhub.model.Json;
import io.tickhub.model.Reply;
import io.tickhub.model.Symbol;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many requests at a time: each is answered, and has one effect, also when a hub dies in the midst of them. */
@ExtendWith(BrokerFirst.class)
@Timeout(180)
class CommandsAtRateIT {

    private static final int CLIENTS = 30;
    private static final int REQUESTS_PER_SECOND = 300;

    @Test
    void nothingIsLostOrDoneTwiceWhenAHubIsKilled() {
        try (Market market = Market.open()) {
            market.list("AAPL", "MSFT", "TSLA", "BTC-USD");
            market.startHub("hub-1");
            HubProcess killed = market.forkHub("hub-2");
            market.wire()
                    .awaitShares(
                            "hub-commands",
                            "both hubs answer",
                            shares -> shares.values().stream()
                                            .filter(share -> !share.isEmpty())
                                            .count()
                                    == 2);
            Requester requester = market.own(new Requester(market.kafka()));
            List<Symbol> symbols = Stream.of("AAPL", "MSFT", "TSLA", "BTC-USD")
                    .map(Symbol::new)
                    .toList();
            CommandLoad load = new CommandLoad(requester, CLIENTS, symbols);
            assertThat(load.begin()).hasSize(CLIENTS).allMatch(Answer::isGood);

            var killing =
                    CompletableFuture.runAsync(killed::kill, CompletableFuture.delayedExecutor(3, TimeUnit.SECONDS));
            List<Answer> answers = load.run(REQUESTS_PER_SECOND, Duration.ofSeconds(10));
            killing.join();

            assertThat(load.lost()).as("requests without an answer").isZero();
            assertThat(answers).hasSize(10 * REQUESTS_PER_SECOND).allMatch(Answer::isGood);
            assertThat(answers)
                    .as("requests that the killed hub has read and not answered")
                    .anyMatch(answer -> answer.attempts() > 1);
            assertThat(Effects.read(market.kafka()).complaints(load.notable())).isEmpty();
        }
    }

    /** 7,000 entries are more than one reply holds, also while the reader's place is not known and so no lag. */
    @Test
    void thousandsOfSubscriptionsAreListedInPages() {
        try (Market market = Market.open()) {
            market.startHub("hub-1");
            MarketDataClient client = market.connect("waiter");
            List<String> names =
                    IntStream.range(0, 7_000).mapToObj("S-%04d"::formatted).toList();
            for (int from = 0; from < names.size(); from += Command.MAX_SYMBOLS) {
                var unused = Asking.awaited(
                        client, names.subList(from, from + Command.MAX_SYMBOLS).toArray(String[]::new));
            }

            List<Reply.Subscriptions.Held> held = client.subscriptions();

            assertThat(Json.write(held)).as("the whole list").hasSizeGreaterThan(Reply.MAX_BYTES);
            assertThat(held)
                    .extracting(Reply.Subscriptions.Held::symbol)
                    .containsExactlyElementsOf(names.stream().map(Symbol::new).toList());
        }
    }
}
