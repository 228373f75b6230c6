package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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

    private static boolean shows(PseudoTerminal terminal, String text) throws InterruptedException {
        return terminal.screen().toString().contains(text);
    }
}
