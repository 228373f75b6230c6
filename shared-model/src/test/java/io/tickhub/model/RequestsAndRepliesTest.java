package io.tickhub.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class RequestsAndRepliesTest {

    private static final ClientId ALICE = new ClientId("alice");
    private static final Symbol AAPL = new Symbol("AAPL");
    private static final Symbol BTC = new Symbol("BTC-USD");
    private static final PriceStats STATS = new PriceStats(
            AAPL, "abc", 0, null, null, null, null, null, BigDecimal.ZERO, null, null, null, null, null, 0, 0, 0, 0, 0);

    private static final Bar BAR = new Bar(
            AAPL,
            "abc",
            BarInterval.parse("1m"),
            Instant.parse("2026-11-20T14:30:00Z"),
            Instant.parse("2026-11-20T14:31:00Z"),
            Bar.State.FINAL,
            2,
            new BigDecimal("187.20"),
            new BigDecimal("187.30"),
            new BigDecimal("187.10"),
            new BigDecimal("187.25"),
            new BigDecimal("300"),
            new BigDecimal("187.225"),
            new BigDecimal("56167.5"),
            3,
            Instant.parse("2026-11-20T14:30:00.123456Z"),
            Instant.parse("2026-11-20T14:30:59.9Z"),
            120_347);

    static List<Command> commands() {
        return List.of(
                Command.Subscribe.live(ALICE, List.of(AAPL, BTC)),
                Command.Subscribe.live(ALICE, List.of(AAPL)),
                new Command.Subscribe(
                        ALICE,
                        List.of(AAPL, BTC),
                        From.live(),
                        Map.of(BTC, 120_347L),
                        Delivery.FEED,
                        true,
                        Optional.of(Duration.ofMillis(250)),
                        WhenSlow.CONFLATE),
                new Command.Subscribe(
                        ALICE,
                        List.of(AAPL),
                        From.earliest(),
                        Map.of(),
                        Delivery.DIRECT,
                        false,
                        Optional.empty(),
                        WhenSlow.KEEP),
                Command.Subscribe.live(ALICE, List.of(Symbol.ALL)),
                new Command.Renew(ALICE),
                new Command.Unsubscribe(ALICE, List.of(AAPL)),
                new Command.GetStats(ALICE, List.of(AAPL), Optional.empty()),
                new Command.GetStats(ALICE, List.of(), Optional.of(AAPL)),
                new Command.GetBars(
                        ALICE,
                        AAPL,
                        BarInterval.parse("1m"),
                        Optional.of(BAR.start()),
                        Optional.of(BAR.end()),
                        OptionalLong.of(7),
                        Optional.of(BAR.start())),
                new Command.ListSymbols(ALICE, Optional.empty()),
                new Command.ListSymbols(ALICE, Optional.of(BTC)),
                new Command.ListSubscriptions(ALICE, Optional.of("alice/AAPL/3-17")),
                new Command.Ping(ALICE),
                new Command.Shutdown(ALICE, Duration.ofSeconds(5)));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandIsReadBackAsItWas(Command command) {
        assertThat(Json.read(Json.write(command), Command.class)).isEqualTo(command);
    }

    static List<Reply> replies() {
        return List.of(
                new Reply.Subscribed(
                        Optional.of("feeds.alice.1"),
                        List.of(
                                new Reply.Subscribed.Start(AAPL, "3-17", 5, Optional.of(STATS)),
                                new Reply.Subscribed.Start(
                                        BTC,
                                        "3-17",
                                        0,
                                        Optional.empty(),
                                        Optional.of(Reply.Subscribed.State.WAITING)))),
                new Reply.Subscribed(
                        Optional.empty(), List.of(new Reply.Subscribed.Start(AAPL, "3-17", 5, Optional.empty()))),
                new Reply.Renewed(Duration.ofSeconds(30), 2),
                new Reply.Unsubscribed(List.of(new Reply.Unsubscribed.End(AAPL, "3-17", 9))),
                new Reply.Stats(List.of(STATS), Optional.of(AAPL)),
                new Reply.Stats(List.of(), Optional.empty()),
                new Reply.Bars(List.of(BAR), Optional.of(BAR.start())),
                new Reply.Symbols(List.of(AAPL, BTC), Optional.empty()),
                new Reply.Subscriptions(
                        List.of(
                                new Reply.Subscriptions.Held(
                                        ALICE,
                                        AAPL,
                                        "3-17",
                                        "feeds.alice.1",
                                        5,
                                        OptionalLong.of(9),
                                        "LIVE",
                                        Optional.empty(),
                                        WhenSlow.KEEP,
                                        OptionalLong.empty(),
                                        Optional.empty()),
                                new Reply.Subscriptions.Held(
                                        ALICE,
                                        BTC,
                                        "3-18",
                                        "feeds.alice.1",
                                        0,
                                        OptionalLong.empty(),
                                        "LIVE",
                                        Optional.of(Duration.ofSeconds(1)),
                                        WhenSlow.CONFLATE,
                                        OptionalLong.of(12),
                                        Optional.of(Duration.ofSeconds(29)))),
                        Optional.of("alice/BTC-USD/3-18")),
                new Reply.Pong("hub-1", "0.1.0", "hub", Duration.ofMillis(1_500)),
                new Reply.Drained(
                        true,
                        new Receipt(
                                new Receipt.Totals(1, 0, 7, 6, 1, 0, 0, 1, 0, 3, 1),
                                List.of(new Receipt.SymbolLine(AAPL, 7, 6, 1, 0, 0, 0, 7, 7, true)),
                                List.of(new Receipt.FeedLine("feeds.alice.1", 3, 1, List.of(AAPL), true)),
                                List.of(new Receipt.Member("sim-1", Role.PRODUCER, Receipt.FinalState.DRAINED)),
                                Receipt.LeftOut.NOTHING)),
                new Reply.Failed(ErrorCode.UNKNOWN_SYMBOL, "no topic ticks.APPL; similar: AAPL"));
    }

    @ParameterizedTest
    @MethodSource("replies")
    void everyReplyIsReadBackAsItWas(Reply reply) {
        assertThat(Json.read(Json.write(reply), Reply.class)).isEqualTo(reply);
    }

    @Test
    void theTypeNamesTheKind() {
        assertThat(Json.writeLine(commands().getFirst()))
                .isEqualTo(
                        "{\"type\":\"SUBSCRIBE\",\"client\":\"alice\",\"symbols\":[\"AAPL\",\"BTC-USD\"],\"from\":\"live\",\"delivery\":\"feed\",\"whenSlow\":\"keep\"}");
        assertThat(Json.writeLine(new Command.Ping(ALICE))).isEqualTo("{\"type\":\"PING\",\"client\":\"alice\"}");
        assertThat(Json.writeLine(new Reply.Failed(ErrorCode.DRAINING, "no")))
                .isEqualTo("{\"type\":\"ERROR\",\"code\":\"DRAINING\",\"message\":\"no\"}");
    }

    @Test
    void repliesInListsKeepTheirTypeToo() {
        assertThat(Json.writeLine(new Reply.Pong("hub-1", "0.1.0", "hub", Duration.ofSeconds(90))))
                .isEqualTo("{\"type\":\"PONG\",\"instance\":\"hub-1\",\"version\":\"0.1.0\",\"role\":\"hub\","
                        + "\"uptime\":\"PT1M30S\"}");
    }

    @Test
    void whatIsLeftOutTakesItsDefault() {
        assertThat(command("{\"type\":\"SUBSCRIBE\",\"client\":\"alice\",\"symbols\":[\"AAPL\"]}"))
                .isEqualTo(Command.Subscribe.live(ALICE, List.of(AAPL)));
        assertThat(command("{\"type\":\"GET_STATS\",\"client\":\"alice\"}"))
                .isEqualTo(new Command.GetStats(ALICE, List.of(), Optional.empty()));
        assertThat(command("{\"type\":\"GET_STATS\",\"client\":\"alice\",\"symbols\":null,\"after\":null,\"new\":1}"))
                .isEqualTo(new Command.GetStats(ALICE, List.of(), Optional.empty()));
        assertThat(command("{\"client\":\"alice\",\"type\":\"SHUTDOWN\"}"))
                .isEqualTo(new Command.Shutdown(ALICE, Duration.ofSeconds(30)));
    }

    @Test
    void aSymbolNamedTwiceCountsOnce() {
        assertThat(command("{\"type\":\"UNSUBSCRIBE\",\"client\":\"alice\",\"symbols\":[\"AAPL\",\"AAPL\"]}"))
                .isEqualTo(new Command.Unsubscribe(ALICE, List.of(AAPL)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"type\":\"SUBSCRIBE\"}",
                "{\"client\":\"alice\"}",
                "{\"type\":\"NONSENSE\",\"client\":\"alice\"}",
                "{\"type\":17,\"client\":\"alice\"}",
                "{\"type\":\"PING\"}",
                "{\"type\":\"PING\",\"client\":null}",
                "{\"type\":\"PING\",\"client\":\"\"}",
                "{\"type\":\"PING\",\"client\":\"a.b\"}",
                "{\"type\":\"PING\",\"client\":{}}",
                "{\"type\":\"PING\",\"client\":\"alice\"}{}",
                "{\"type\":\"SUBSCRIBE\",\"client\":\"alice\"}",
                "{\"type\":\"SUBSCRIBE\",\"client\":\"alice\",\"symbols\":[]}",
                "{\"type\":\"SUBSCRIBE\",\"client\":\"alice\",\"symbols\":[null]}",
                "{\"type\":\"SUBSCRIBE\",\"client\":\"alice\",\"symbols\":[\"\"]}",
                "{\"type\":\"SUBSCRIBE\",\"client\":\"alice\",\"symbols\":\"AAPL\"}",
                "{\"type\":\"SUBSCRIBE\",\"client\":\"alice\",\"symbols\":[\"AAPL\"],\"from\":\"yesterday\"}",
                "{\"type\":\"SUBSCRIBE\",\"client\":\"alice\",\"symbols\":[\"AAPL\"],\"conflate\":\"PT0.001S\"}",
                "{\"type\":\"SUBSCRIBE\",\"client\":\"alice\",\"symbols\":[\"AAPL\"],\"conflate\":\"P1D\"}",
                "{\"type\":\"SUBSCRIBE\",\"client\":\"alice\",\"symbols\":[\"AAPL\"],\"delivery\":\"post\"}",
                "{\"type\":\"SUBSCRIBE\",\"client\":\"alice\",\"symbols\":[\"AAPL\"],\"whenSlow\":\"drop\"}",
                "{\"type\":\"SUBSCRIBE\",\"client\":\"alice\",\"symbols\":[\"AAPL\"],\"offsets\":{\"BTC\":1}}",
                "{\"type\":\"SUBSCRIBE\",\"client\":\"alice\",\"symbols\":[\"AAPL\"],\"offsets\":{\"AAPL\":-1}}",
                "{\"type\":\"SUBSCRIBE\",\"client\":\"alice\",\"symbols\":[\"*\",\"AAPL\"]}",
                "{\"type\":\"SUBSCRIBE\",\"client\":\"alice\",\"symbols\":[\"*\"],\"delivery\":\"direct\"}",
                "{\"type\":\"SUBSCRIBE\",\"client\":\"alice\",\"symbols\":[\"AAPL\"],\"delivery\":\"direct\",\"await\":true}",
                "{\"type\":\"GET_STATS\",\"client\":\"alice\",\"symbols\":[null]}",
                "{\"type\":\"GET_STATS\",\"client\":\"alice\",\"after\":\"\"}",
                "{\"type\":\"SHUTDOWN\",\"client\":\"alice\",\"timeout\":\"PT0S\"}",
                "{\"type\":\"SHUTDOWN\",\"client\":\"alice\",\"timeout\":\"-PT1S\"}",
                "{\"type\":\"SHUTDOWN\",\"client\":\"alice\",\"timeout\":\"PT61M\"}",
                "{\"type\":\"SHUTDOWN\",\"client\":\"alice\",\"timeout\":\"soon\"}",
            })
    void aBrokenCommandIsAJacksonException(String text) {
        assertThatThrownBy(() -> command(text)).isInstanceOf(JacksonException.class);
    }

    @Test
    void aHostileCommandIsAJacksonException() {
        String nested = "{\"type\":\"PING\",\"client\":\"alice\",\"x\":" + "[".repeat(1 << 20);
        assertThatThrownBy(() -> command(nested)).isInstanceOf(JacksonException.class);
        String many = IntStream.range(0, 1_001).mapToObj(i -> "\"S" + i + '"').collect(Collectors.joining(","));
        assertThatThrownBy(() -> command("{\"type\":\"GET_STATS\",\"client\":\"alice\",\"symbols\":[" + many + "]}"))
                .isInstanceOf(JacksonException.class)
                .hasMessageContaining("at most 1000 symbols");
        assertThatThrownBy(() -> command("{\"type\":\"PING\",\"client\":\"" + "a".repeat(1_000_000) + "\"}"))
                .isInstanceOf(JacksonException.class)
                .hasMessageContaining("1 to 64");
    }

    private static Command command(String text) {
        return Json.read(text.getBytes(StandardCharsets.UTF_8), Command.class);
    }
}
