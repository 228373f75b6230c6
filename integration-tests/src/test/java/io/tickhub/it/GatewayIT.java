package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.gateway.GatewayService;
import io.tickhub.gateway.web.Route;
import io.tickhub.model.DrainState;
import io.tickhub.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The gateway over a real broker: every address, live streams, resuming, limits, and the end. */
@Timeout(180)
class GatewayIT {

    private static final String HOSTILE = "<script>\"&'/\u2028x";

    private Market market;

    @BeforeEach
    void open() {
        market = Market.open();
        market.list("AAPL", "EUR/USD", HOSTILE);
        market.startHub("hub-1");
        market.startAggregator("aggregator-1");
    }

    @AfterEach
    void close() {
        market.close();
    }

    @Test
    void answersWhatItsDescriptionSays() {
        Web web = web(market.startGateway("gateway-1"));
        market.publish("AAPL", 5);
        market.publish("EUR/USD", 3);
        market.publish(HOSTILE, 1);
        market.publishBroken("AAPL", "no tick");
        Market.await(
                "the statistics are there",
                () -> web.get("/api/stats/EUR%2FUSD").statusCode() == 200
                        && web.get("/api/stats/AAPL").body().contains("\"rejected\":1"));

        assertThat(web.json("/api/symbols", "Symbols").get("symbols")).isEqualTo(List.of(HOSTILE, "AAPL", "EUR/USD"));
        Map<?, ?> stats = web.json("/api/stats/AAPL", "Statistics");
        assertThat(stats.get("count")).isEqualTo(5);
        assertThat(stats.get("rejected")).isEqualTo(1);
        assertThat((List<?>) web.json("/api/stats?symbols=AAPL,EUR%2FUSD", "AllStatistics")
                        .get("stats"))
                .hasSize(2);
        Market.await("the ticks are there", () -> web.get("/api/ticks").body().contains("\"offset\":4"));
        assertThat((List<?>)
                        web.json("/api/ticks?symbols=AAPL&limit=2", "Ticks").get("ticks"))
                .hasSize(2);
        web.json("/api/ticks?limit=5", "Ticks");
        Market.await(
                "the dead letter is seen", () -> web.get("/api/services").body().contains("\"open\":1"));
        Map<?, ?> status = web.json("/api/services", "Status");
        assertThat(status.get("hub")).isEqualTo(true);
        assertThat(status.toString()).contains("gateway-1", "hub-1", "aggregator-1", "NOT_JSON");

        Map<?, ?> bars = web.json("/api/bars/EUR%2FUSD?interval=1s&limit=100", "Bars");
        assertThat(((List<?>) bars.get("bars"))
                        .stream()
                                .mapToLong(bar -> ((Number) ((Map<?, ?>) bar).get("count")).longValue())
                                .sum())
                .as("ticks in the bars")
                .isEqualTo(3);
        assertThat(web.problem(400, "/api/bars/AAPL?interval=7s").get("detail").toString())
                .contains("interval");
        assertThat(web.problem(404, "/api/bars/NOPE").get("type")).isEqualTo("urn:tickhub:problem:unknown-symbol");

        assertThat((List<?>) web.json("/api/stats?symbols=*", "AllStatistics").get("stats"))
                .hasSize(3);
        Market.await(
                "all ticks are there",
                () -> ((List<?>) web.json("/api/ticks?symbols=*", "Ticks").get("ticks")).size() == 9);
        assertThat(web.problem(404, "/api/stats/NOPE").get("type")).isEqualTo("urn:tickhub:problem:unknown-symbol");
        assertThat(web.problem(404, "/api/nothing").get("type")).isEqualTo("urn:tickhub:problem:not-found");
        assertThat(web.problem(400, "/api/ticks?limit=0").get("detail").toString())
                .contains("limit", "1 to 5000");
        assertThat(web.problem(400, "/api/stream?conflate=1").get("detail").toString())
                .contains("conflate");
        assertThat(web.problem(400, "/api/stream", "Last-Event-ID", "x")
                        .get("detail")
                        .toString())
                .contains("FEED:OFFSET");
        assertThat(web.problem(400, "/api/stats?symbols=" + "A,".repeat(300))
                        .get("detail")
                        .toString())
                .contains("at most 200");
        assertThat(web.problem(403, "/api/symbols", "Origin", "https://evil.example")
                        .get("type"))
                .isEqualTo("urn:tickhub:problem:foreign-origin");
        assertThat(((Map<?, ?>) json(web.get("/api/openapi.json")).get("paths")).keySet())
                .isEqualTo(Set.copyOf(Route.allDescribed()));
    }

    @Test
    void aTopicThatIsMadeAgainHasNoTicksOfTheFormerOne() {
        Web web = web(market.startGateway("gateway-1"));
        market.publish("AAPL", 5);
        Market.await(
                "the ticks are there",
                () -> web.get("/api/ticks?symbols=AAPL").body().contains("\"offset\":4"));
        market.wire().deleteTopic(market.wire().tickTopic("AAPL"));
        market.list("AAPL");
        market.publish("AAPL", 2);

        Market.await(
                "only the ticks of the new topic are there",
                () -> ((List<?>) web.json("/api/ticks?symbols=AAPL", "Ticks").get("ticks")).size() == 2);
    }

    @Test
    void saysWhatIsUnchangedAndProtectsThePage() {
        Web web = web(market.startGateway("gateway-1"));
        market.publish("AAPL", 1);
        Market.await(
                "the statistics are there", () -> web.get("/api/stats/AAPL").statusCode() == 200);

        for (String path : List.of(
                "/",
                "/app.js",
                "/vendor/echarts.js",
                "/api/symbols",
                "/api/stats",
                "/api/stats/AAPL",
                "/api/openapi.json")) {
            HttpResponse<String> first = web.get(path);
            assertThat(first.statusCode()).as(path).isEqualTo(200);
            assertThat(first.headers().firstValue("Content-Security-Policy").orElse(""))
                    .as(path)
                    .contains("default-src 'none'", "script-src 'self'")
                    .doesNotContain("unsafe");
            assertThat(first.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(first.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
            String tag = first.headers().firstValue("ETag").orElseThrow();
            assertThat(web.get(path, "If-None-Match", tag).statusCode())
                    .as(path)
                    .isEqualTo(304);
        }
        String tag = web.get("/api/stats/AAPL").headers().firstValue("ETag").orElseThrow();
        market.publish("AAPL", 1);
        Market.await(
                "the statistics have another tag",
                () -> web.get("/api/stats/AAPL", "If-None-Match", tag).statusCode() == 200);
    }

    @Test
    void aStreamBeginsWithTheNewestAndHasEveryTickOnce() {
        Web web = web(market.startGateway("gateway-1"));
        market.publish("AAPL", 10);
        try (EventStream before = web.stream("symbols=AAPL")) {
            before.awaitTick("AAPL", 9);
            market.publish("AAPL", 200);
            before.awaitTick("AAPL", 209);
            assertThat(before.offsets("AAPL"))
                    .doesNotHaveDuplicates()
                    .isSorted()
                    .endsWith(range(10, 210));
            assertThat(before.events("state")).isNotEmpty();
            before.await("statistics", "stats", stats -> stats.get("asOf").equals(210));

            try (EventStream conflated = web.stream("symbols=AAPL,EUR%2FUSD&conflate=1000")) {
                conflated.awaitTick("AAPL", 209);
                market.publish("AAPL", 300);
                conflated.awaitTick("AAPL", 509);
                assertThat(conflated.offsets("AAPL")).hasSizeLessThan(6);
            }
        }
    }

    @Test
    void aBrowserThatComesBackMissesNothing() {
        GatewayService gateway = market.startGateway("gateway-1", "TICKHUB_WEB_EVENTS", "1024");
        Web web = web(gateway);
        market.publish("AAPL", 10);
        String id;
        try (EventStream first = web.stream("symbols=AAPL")) {
            market.publish("AAPL", 10);
            id = first.awaitTick("AAPL", 15);
        }
        market.publish("AAPL", 50);
        try (EventStream again = web.stream("symbols=AAPL", "Last-Event-ID", id)) {
            again.awaitTick("AAPL", 69);
            assertThat(again.offsets("AAPL")).as("from memory").containsExactly(range(16, 70));
        }
        // More than the gateway keeps in memory.
        market.publish("AAPL", 5_000);
        // A stream that is open while so much comes at once would be overtaken, and conflated.
        Market.await(
                "the gateway has the last one",
                () -> web.get("/api/ticks?symbols=AAPL&limit=1").body().contains("\"offset\":5069,"));
        try (EventStream late = web.stream("symbols=AAPL&lastEventId=" + id)) {
            late.awaitTick("AAPL", 5_069);
            market.publish("AAPL", 5);
            late.awaitTick("AAPL", 5_074);
            assertThat(late.offsets("AAPL")).as("from the feed's topic").containsExactly(range(16, 5_075));
            assertThat(late.events("lost")).isEmpty();
        }
        market.stop("gateway-1");
        market.publish("AAPL", 5);
        Web restarted = web(market.startGateway("gateway-1", "TICKHUB_WEB_EVENTS", "1024"));
        try (EventStream after = restarted.stream("symbols=AAPL", "Last-Event-ID", id)) {
            after.awaitTick("AAPL", 5_079);
            assertThat(after.offsets("AAPL"))
                    .as("after a restart of the gateway")
                    .containsExactly(range(16, 5_080));
        }
        try (EventStream strange = restarted.stream("symbols=AAPL", "Last-Event-ID", "1:5")) {
            strange.awaitTick("AAPL", 5_079);
            assertThat(strange.events("lost")).hasSize(1);
        }
    }

    @Test
    void aBrowserThatComesBackWhileTicksFlowMissesNothing() {
        Web web = web(market.startGateway("gateway-1", "TICKHUB_WEB_EVENTS", "1024"));
        market.publish("AAPL", 10);
        String id;
        try (EventStream first = web.stream("symbols=AAPL")) {
            market.publish("AAPL", 10);
            id = first.awaitTick("AAPL", 15);
        }
        market.publish("AAPL", 5_000);
        try (Trading trading = Trading.of(market, Trading.Quality.CLEAN, "AAPL")) {
            trading.start();
            Market.await(
                    "the gateway has what came at once",
                    () -> web.get("/api/ticks?symbols=AAPL&limit=5000").body().contains("\"offset\":5020,"));
            try (EventStream late = web.stream("symbols=AAPL&lastEventId=" + id)) {
                late.awaitTick("AAPL", 5_500);
                assertThat(late.offsets("AAPL")).startsWith(range(16, 5_501));
                assertThat(late.events("lost")).isEmpty();
                assertThat(late.events("conflated")).isEmpty();
            }
        }
    }

    @Test
    void aProgramSubscribesAndUnsubscribesOnASocket() {
        Web web = web(market.startGateway("gateway-1"));
        market.publish("AAPL", 3);
        Heard heard = new Heard();
        WebSocket socket = web.socket(heard);
        socket.sendText("{\"type\":\"subscribe\",\"symbols\":[\"AAPL\"]}", true).join();
        heard.await("\"offset\":2");
        market.publish("AAPL", 1);
        heard.await("\"offset\":3");
        assertThat(heard.texts.toString()).contains("{\"event\":\"subscribed\",\"data\":{\"symbols\":[\"AAPL\"]}}");
        socket.sendText("{\"type\":\"unsubscribe\",\"symbols\":[\"AAPL\"]}", true)
                .join();
        heard.await("\"symbols\":[]");
        socket.sendText("{\"type\":\"subscribe\",\"symbols\":[\"EUR/USD\"]}", true)
                .join();
        heard.await("\"symbols\":[\"EUR/USD\"]");
        market.publish("AAPL", 1);
        market.publish("EUR/USD", 1);
        heard.await("\"symbol\":\"EUR/USD\",\"offset\":0");
        assertThat(heard.texts.toString()).as("unsubscribed from").doesNotContain("\"offset\":4");
        socket.sendText("nonsense", true).join();
        heard.await("\"event\":\"error\"");
        socket.abort();
    }

    @Test
    void oneAddressHasSoManyStreamsAndNoMore() {
        Web web = web(market.startGateway("gateway-1", "TICKHUB_WEB_MAX_STREAMS_PER_ADDRESS", "2"));
        try (EventStream second = web.stream("symbols=AAPL")) {
            try (EventStream first = web.stream("symbols=AAPL")) {
                first.await("the state", "state", state -> true);
                assertThat(web.problem(429, "/api/stream").get("detail").toString())
                        .contains("2 streams");
            }
            second.await("the state", "state", state -> true);
            Market.await("the place of a closed stream is free", () -> {
                market.publish("AAPL", 1);
                return web.get("/api/services").body().contains("\"streams\":1");
            });
        }
    }

    @Test
    void aSlowBrowserIsConflatedOneThatTakesNothingIsLeftAndNobodyIsHeldUp() {
        int metricsPort = freePort();
        GatewayService patient =
                market.startGateway("gateway-1", "TICKHUB_WEB_SLOW_AFTER", "1m", "TICKHUB_WEB_EVENTS", "1024");
        GatewayService strict = market.startGateway(
                "gateway-2",
                "TICKHUB_WEB_SLOW_AFTER",
                "1s",
                // All that comes, so that its stream is not conflated, which would send a dead browser too little to
                // notice.
                "TICKHUB_WEB_EVENTS",
                "65536",
                "TICKHUB_HTTP_PORT",
                Integer.toString(metricsPort));
        Web metrics = market.own(Web.of(metricsPort));
        try (SlowBrowser slow = SlowBrowser.open(patient.port(), "symbols=AAPL");
                SlowBrowser dead = SlowBrowser.open(strict.port(), "symbols=AAPL");
                EventStream live = web(strict).stream("symbols=EUR%2FUSD")) {
            awaitMetric(metrics, "streams", 2);
            // More than lies in the buffers of a connection.
            market.publish("AAPL", 60_000);
            market.publish("EUR/USD", 1);
            live.awaitTick("EUR/USD", 0);
            Web page = web(patient);
            Market.await(
                    "the patient gateway has all of it",
                    () -> page.get("/api/ticks?symbols=AAPL&limit=1").body().contains("\"offset\":59999,"));

            slow.readUntil("event: conflated\n");
            awaitMetric(metrics, "disconnected_total", 1);
            awaitMetric(metrics, "streams", 1);
            market.publish("EUR/USD", 1);
            live.awaitTick("EUR/USD", 1);
            assertThat(live.isEnded()).isFalse();
            assertThat(dead.isCutOff()).isTrue();
        }
    }

    @Test
    void aDrainEndsStreamsWithAReason() {
        GatewayService gateway = market.startGateway("gateway-1");
        Web web = web(gateway);
        market.publish("AAPL", 3);
        try (EventStream stream = web.stream("symbols=AAPL")) {
            stream.awaitTick("AAPL", 2);
            var receipt = market.connect("alice").shutdown(Duration.ofSeconds(20));
            assertThat(receipt.drained()).isTrue();
            stream.await("the reason", "closed", closed -> closed.get("reason").equals("the gateway stops"));
            Market.await("the stream has ended", stream::isEnded);
            assertThat(gateway.ended()).isCompleted();
        }
        market.awaitDrain(DrainState.Phase.DONE);
    }

    private static void awaitMetric(Web metrics, String name, long value) {
        Market.await(
                name + " is " + value,
                () -> metrics.get("/metrics").body().contains("\ntickhub_gateway_" + name + " " + value + ".0\n"));
    }

    private static int freePort() {
        try (ServerSocket any = new ServerSocket(0)) {
            return any.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Web web(GatewayService gateway) {
        return market.own(Web.of(gateway.port()));
    }

    private static Map<?, ?> json(HttpResponse<String> response) {
        return Json.read(response.body().getBytes(StandardCharsets.UTF_8), Map.class);
    }

    private static Long[] range(long from, long to) {
        return LongStream.range(from, to).boxed().toArray(Long[]::new);
    }

    /** What came on a socket. */
    private static final class Heard implements WebSocket.Listener {

        private final List<String> texts = new CopyOnWriteArrayList<>();
        private final StringBuilder part = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                texts.add(part.toString());
                part.setLength(0);
            }
            return WebSocket.Listener.super.onText(socket, data, last);
        }

        private void await(String text) {
            Market.await(text + " on the socket", () -> texts.stream().anyMatch(message -> message.contains(text)));
        }
    }
}
