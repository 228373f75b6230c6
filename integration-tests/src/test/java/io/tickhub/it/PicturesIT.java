package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pictures of the README, which lie in {@code target} afterwards: {@code top} in a terminal, and the page in a browser, of a market
 * that moves. Each is skipped, and the reason told, where there is no terminal or no browser.
 */
@Timeout(180)
class PicturesIT {

    private static final Logger LOG = LoggerFactory.getLogger(PicturesIT.class);

    /** As many as fill the page, and with three lines besides nearly the terminal. */
    private static final List<String> SYMBOLS = List.of(
            "AAPL", "AMD", "AMZN", "BRK.B", "BTC-USD", "ES=F", "ETH-USD", "EUR/USD", "GOOG", "GOOGL", "IBM", "INTC",
            "META", "MSFT", "NFLX", "NVDA", "ORCL", "QQQ", "SPY", "TSLA");

    private static final int SECONDS_BY_SYMBOL = 4;
    private static final int SECONDS_BY_CHANGE = 6;

    /** Of a second each. */
    private static final int CANDLES = 40;

    private static Market market;
    private static String page;

    @BeforeAll
    static void open() {
        market = Market.open();
        market.startHub("hub-1");
        market.startAggregator("aggregator-1");
        market.startProducer(
                "producer-1", "TICKHUB_SYMBOLS", String.join(",", SYMBOLS), "TICKHUB_RATE", "" + 20 * SYMBOLS.size());
        page = "http://localhost:" + market.startGateway("gateway-1").port() + "/";
    }

    @AfterAll
    static void close() {
        market.close();
    }

    @Test
    void theTop() throws IOException, InterruptedException {
        require(PseudoTerminal.absence());
        try (PseudoTerminal top = PseudoTerminal.run(market.environment("top"), "top")) {
            Market.await(
                    "all symbols are shown, with rates",
                    () -> rows(top.screen()).size() == SYMBOLS.size()
                            && rows(top.screen()).stream().noneMatch(row -> row.endsWith(" 0.0")));
            assertThat(top.screen().lines().get(0)).isEqualTo("tickhub top: 20 symbols, by symbol");
            assertThat(top.screen().lines().get(1)).hasSize(Screen.COLUMNS).endsWith("TICK/S");
            assertThat(rows(top.screen()))
                    .extracting(row -> row.replaceFirst(" .*", ""))
                    .containsExactlyElementsOf(SYMBOLS);
            List<Screen> screens = new ArrayList<>(look(top, SECONDS_BY_SYMBOL));

            top.press('c');
            Market.await(
                    "the order is that of changes",
                    () -> top.screen().lines().get(0).endsWith("by change"));
            assertThat(rows(top.screen()))
                    .extracting(PicturesIT::change)
                    .isSortedAccordingTo(Comparator.reverseOrder());
            screens.addAll(look(top, SECONDS_BY_CHANGE));

            top.press('q');
            assertThat(top.awaitEnd()).isZero();
            Market.await(
                    "what was there before is back",
                    () -> !top.screen().toString().contains("tickhub top"));
            new Recording("tickhub top: prices, changes, volumes and rates of 20 symbols, live", screens)
                    .write(Path.of("target", "top.svg"));
        }
    }

    @Test
    void thePage() throws InterruptedException {
        require(Browser.absence());
        try (Browser browser = Browser.open()) {
            browser.go(page);
            Market.await("all symbols are shown", () -> SYMBOLS.stream()
                    .noneMatch(symbol -> browser.cell(symbol, "last").isEmpty()));
            browser.click("BTC-USD", ".c-symbol");
            Market.await(
                    Duration.ofSeconds(2 * CANDLES),
                    "the chart has " + CANDLES + " candles",
                    () -> browser.candles() >= CANDLES);
            browser.shoot(Path.of("target", "page.png"));
        }
    }

    /** One screen a second, each unlike the one before. */
    private static List<Screen> look(PseudoTerminal terminal, int seconds) throws InterruptedException {
        List<Screen> screens = new ArrayList<>();
        while (screens.size() < seconds) {
            Screen shown = terminal.screen();
            screens.add(shown);
            Thread.sleep(1_000);
            Market.await("prices move", () -> !terminal.screen().equals(shown));
        }
        return screens;
    }

    /** The lines of symbols, between two of headings and the one that tells the keys. */
    private static List<String> rows(Screen screen) {
        List<String> lines =
                screen.lines().stream().filter(line -> !line.isEmpty()).toList();
        return lines.size() < 3 ? List.of() : lines.subList(2, lines.size() - 1);
    }

    /** In percent, the fourth of the columns. */
    private static double change(String row) {
        return Double.parseDouble(row.split(" +", -1)[3]);
    }

    private static void require(Optional<String> absence) {
        absence.ifPresent(why -> LOG.warn("A picture is not made: {}", why));
        Assumptions.assumeTrue(absence.isEmpty(), () -> absence.orElse(""));
    }
}
