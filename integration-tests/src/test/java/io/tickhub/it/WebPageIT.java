package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.cluster.BrokerConfig;
import io.tickhub.cluster.LocalBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.Keys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The page in a real browser, on a market that moves. Skipped, and the reason told, where no browser is. */
@Timeout(180)
class WebPageIT {

    private static final Logger LOG = LoggerFactory.getLogger(WebPageIT.class);

    /** What would happen if it became markup. */
    private static final String HOSTILE = "<img src=x onerror=window.hurt=1>";

    private static LocalBroker broker;
    private static Market market;
    private static Browser browser;
    private static String page;

    @BeforeAll
    static void open() {
        Optional<String> absence = Browser.absence();
        absence.ifPresent(why -> LOG.warn("The page is not tested: {}", why));
        Assumptions.assumeTrue(absence.isEmpty(), () -> absence.orElse(""));
        broker = LocalBroker.start(BrokerConfig.ephemeral());
        market = Market.on(broker.bootstrapServers());
        market.startHub("hub-1");
        market.startAggregator("aggregator-1");
        market.startProducer(
                "producer-1",
                "TICKHUB_SYMBOLS",
                "AAPL,AMZN,BTC-USD,ES=F,EUR/USD,GOOGL,MSFT,NVDA,TSLA," + HOSTILE,
                "TICKHUB_RATE",
                "200");
        page = "http://localhost:" + market.startGateway("gateway-1").port() + "/";
        browser = Browser.open();
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
        if (market != null) {
            market.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void pricesMoveAndTheChartDraws() throws InterruptedException {
        browser.go(page);
        awaitMove("MSFT");
        Market.await(
                "the statistics are shown",
                () -> !browser.cell("MSFT", "vwap").isEmpty()
                        && browser.cell("MSFT", "change").contains("%"));
        Market.await("the rate is shown", () -> browser.cell("MSFT", "rate").matches("[1-9]\\d*\\.\\d"));
        assertThat(browser.text("#connection span")).isEqualTo("live");

        browser.click("BTC-USD", ".c-symbol");
        Market.await("the chart has candles", () -> browser.candles() >= 2);
        assertThat(browser.run("const canvas = document.querySelector('#chart canvas');"
                        + "const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;"
                        + "return pixels.some(value => value !== 0)"))
                .as("something is drawn")
                .isEqualTo(true);
        long candles = browser.candles();
        Market.await("the chart goes on", () -> browser.candles() > candles);
        assertThat(browser.text("#tape")).as("the trades").isNotEmpty();
        assertThat(browser.text("#facts")).contains("VWAP", "Ticks");
        shoot();

        browser.find("#detail-close").click();
        assertThat(browser.find("#detail").isDisplayed()).isFalse();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aClickUnsubscribesAndSubscribes() {
        browser.go(page);
        awaitMove("TSLA");
        browser.click("TSLA", ".toggle");
        Market.await("the row is off", () -> row("TSLA", "off"));
        // What was on its way has come by then.
        awaitMove("AAPL");
        awaitMove("AAPL");
        String price = browser.cell("TSLA", "last");
        awaitMove("AAPL");
        awaitMove("AAPL");
        assertThat(browser.cell("TSLA", "last")).isEqualTo(price);

        browser.click("TSLA", ".toggle");
        awaitMove("TSLA");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void moreSymbolsThanCanBeNamedAreFilteredByThePage() {
        int port =
                market.startGateway("gateway-2", "TICKHUB_WEB_MAX_SYMBOLS", "2").port();
        browser.go("http://localhost:" + port + "/");
        awaitMove("TSLA");
        browser.click("TSLA", ".toggle");
        Market.await("the row is off", () -> row("TSLA", "off"));
        awaitMove("AAPL");
        awaitMove("MSFT");
        String price = browser.cell("TSLA", "last");
        awaitMove("AAPL");
        awaitMove("AAPL");
        assertThat(browser.cell("TSLA", "last")).isEqualTo(price);
        assertThat(browser.text("#connection span")).isEqualTo("live");

        browser.click("TSLA", ".toggle");
        awaitMove("TSLA");
        assertThat(browser.complaints()).as("that so many cannot be named").allMatch(text -> text.contains("400"));
    }

    @Test
    void aTopicThatIsMadeAgainIsAnotherMarket() {
        market.list("AGAIN");
        market.publish("AGAIN", 9);
        browser.go(page);
        Market.await("the last price", () -> browser.cell("AGAIN", "last").startsWith("9"));
        browser.click("AGAIN", ".c-symbol");
        Market.await("the trades are shown", () -> trades() == 9);
        market.wire().deleteTopic(market.wire().tickTopic("AGAIN"));
        market.list("AGAIN");
        market.publish("AGAIN", 3);

        Market.await("the new price", () -> browser.cell("AGAIN", "last").startsWith("12"));
        market.publish("AGAIN", 1);
        Market.await("the next trade", () -> trades() > 0);
        assertThat(trades()).as("without those of the former topic").isLessThanOrEqualTo(4);
        assertThat(browser.text("#detail-last")).doesNotStartWith("9");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aPageThatNobodySeesHoldsNoConnection() {
        browser.go(page);
        awaitMove("AAPL");
        browser.run("Object.defineProperty(document, 'hidden', {value: true, configurable: true});"
                + "document.dispatchEvent(new Event('visibilitychange'))");
        assertThat(browser.text("#connection span")).isEqualTo("paused while nobody looks");
        browser.run("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))");
        awaitMove("AAPL");
        assertThat(browser.text("#connection span")).isEqualTo("live");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void theKeyboardIsEnough() {
        browser.go(page);
        awaitMove("AAPL");
        browser.find("body").sendKeys("/");
        browser.find("#filter").sendKeys("eur");
        Market.await("one symbol is left", () -> browser.text("#count").startsWith("1 of"));
        browser.find("#filter").sendKeys(Keys.ARROW_DOWN);
        browser.find("#rows tr").sendKeys(Keys.ENTER);
        Market.await("the symbol is open", () -> browser.text("#detail-symbol").equals("EUR/USD"));
        browser.find("body").sendKeys(Keys.ESCAPE);
        assertThat(browser.find("#detail").isDisplayed()).isFalse();

        browser.find("#tab-status").click();
        browser.find("#skip").sendKeys(Keys.ENTER);
        assertThat(browser.run("return document.activeElement.id")).isEqualTo("scroll");
        assertThat(browser.find("#view-market").isDisplayed()).isTrue();
    }

    @Test
    void aHostileSymbolIsTextAndNothingElse() {
        browser.go(page);
        awaitMove(HOSTILE);
        browser.click(HOSTILE, ".c-symbol");
        Market.await("the chart has candles", () -> browser.candles() >= 1);

        assertThat(browser.text("#detail-symbol")).isEqualTo(HOSTILE);
        assertThat(browser.run("return document.querySelectorAll('img').length"))
                .isEqualTo(0L);
        assertThat(browser.run("return window.hurt === undefined")).isEqualTo(true);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void theStatusIsShown() {
        browser.go(page + "#status");
        Market.await("the instances are shown", () -> browser.text("#instances").contains("aggregator-1"));
        assertThat(browser.text("#instances")).contains("hub-1", "producer-1", "gateway-1", "running");
        assertThat(browser.text("#cards")).contains("Hub lag", "Dead letters");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void thePageRecoversWhenTheBrokerRestarts() {
        browser.go(page);
        awaitMove("AAPL");
        browser.run("window.sameDocument = true");
        broker.kill();
        Market.await("the page says that prices stand still", () -> !browser.text("#connection span")
                .equals("live"));
        broker.restart();

        Market.await(Duration.ofSeconds(60), "the page is live again", () -> browser.text("#connection span")
                .equals("live"));
        awaitMove("AAPL");
        awaitMove("MSFT");
        assertThat(browser.run("return window.sameDocument"))
                .as("not loaded again")
                .isEqualTo(true);
    }

    private static void awaitMove(String symbol) {
        Market.await("a price of " + symbol, () -> !browser.cell(symbol, "last").isEmpty());
        String before = browser.cell(symbol, "last");
        Market.await("the price of " + symbol + " moves", () -> !browser.cell(symbol, "last")
                .equals(before));
    }

    private static long trades() {
        return (long) browser.run("return document.querySelectorAll('#tape tr').length");
    }

    private static boolean row(String symbol, String state) {
        return Boolean.TRUE.equals(browser.run(
                "return [...document.querySelectorAll('#rows tr')].find(row => row.dataset.symbol === arguments[0])"
                        + ".classList.contains(arguments[1])",
                symbol,
                state));
    }

    /** For people: what the page looked like, light and dark. */
    private static void shoot() throws InterruptedException {
        for (String scheme : new String[] {"light", "dark"}) {
            browser.prefer(scheme);
            // Longer than a price flashes in the colours of before.
            Thread.sleep(1_000);
            browser.shoot(Path.of("target", "page-" + scheme + ".png"));
        }
    }
}
