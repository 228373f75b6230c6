package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.model.Symbol;
import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Commands that a person looks at go on until that person ends them. Skipped where there is no terminal. */
@ExtendWith(BrokerFirst.class)
@Timeout(120)
class TerminalIT {

    @BeforeAll
    static void requireTerminal() {
        Assumptions.assumeTrue(PseudoTerminal.absence().isEmpty(), () -> PseudoTerminal.absence()
                .orElse(""));
    }

    @Test
    void whoLooksAtFiguresSeesThatTheHubIsGoneAndThatOneIsBack() throws IOException, InterruptedException {
        try (Market market = Market.open()) {
            market.list("AAPL");
            HubProcess hub = market.forkHub("hub-1");
            market.startAggregator("aggregator-1");
            market.publish("AAPL", 1);
            try (PseudoTerminal top = PseudoTerminal.run(market.environment("top"), "top");
                    PseudoTerminal stats = PseudoTerminal.run(market.environment("stats"), "stats", "--watch")) {
                Market.await("top shows the symbol", () -> shows(top, "AAPL"));
                Market.await("stats shows the symbol", () -> shows(stats, "AAPL"));

                hub.kill();
                Market.await("top tells it", () -> shows(top, "stand still") && shows(top, "AAPL"));
                Market.await("stats tells it", () -> shows(stats, "stand still") && shows(stats, "AAPL"));

                market.startHub("hub-2");
                Market.await("top goes on", () -> shows(top, "AAPL") && !shows(top, "stand still"));
                Market.await("stats goes on", () -> shows(stats, "AAPL") && !shows(stats, "stand still"));
                top.press('q');
                stats.press('q');
                assertThat(top.awaitEnd()).isZero();
                assertThat(stats.awaitEnd()).isZero();
            }
        }
    }

    /** As a lease does that is over, somebody of the same name ends what the commands hold. */
    @Test
    void whatEndsWithoutBeingAskedIsMadeAgainOrIsAFailure() throws IOException, InterruptedException {
        try (Market market = Market.open()) {
            market.list("AAPL");
            market.startHub("hub-1");
            market.startAggregator("aggregator-1");
            market.publish("AAPL", 1);
            try (PseudoTerminal top = PseudoTerminal.run(market.environment("top"), "top", "--client", "top");
                    PseudoTerminal watch = PseudoTerminal.run(
                            market.environment("watch"), "watch", "AAPL", "--count", "5", "--client", "watch")) {
                Market.await("top shows the symbol", () -> shows(top, "AAPL"));
                Market.await("watch waits", () -> shows(watch, "PRICE"));
                market.publish("AAPL", 1);
                Market.await("top shows the tick", () -> shows(top, "AAPL +2 "));
                Market.await("watch shows the tick", () -> shows(watch, " 2 "));

                var unused = market.connect("watch").unsubscribe("AAPL");
                assertThat(watch.awaitEnd()).isEqualTo(1);
                assertThat(watch.screen().toString()).contains("after 1 of 5 ticks all symbols ended");

                unused = market.connect("top").unsubscribe(Symbol.ALL.name());
                // By event time the first one is the last.
                Market.await("top shows the price of the statistics", () -> shows(top, "AAPL +1 "));
                market.publish("AAPL", 1);
                Market.await("top shows the next tick", () -> shows(top, "AAPL +3 "));
                top.press('q');
                assertThat(top.awaitEnd()).isZero();
            }
        }
    }

    private static boolean shows(PseudoTerminal terminal, String pattern) throws InterruptedException {
        return Pattern.compile(pattern).matcher(terminal.screen().toString()).find();
    }
}
