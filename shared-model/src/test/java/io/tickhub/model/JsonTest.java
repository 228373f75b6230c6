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
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

/** The JSON of the records that services keep on topics. */
class JsonTest {

    private static final Symbol AAPL = new Symbol("AAPL");
    private static final ClientId ALICE = new ClientId("alice");
    private static final Instant TIME = Instant.parse("2026-11-20T14:30:00.123456Z");

    @Test
    void statistics() {
        PriceStats stats = new PriceStats(
                AAPL,
                "abc",
                2,
                new BigDecimal("187.20"),
                new BigDecimal("105433.60"),
                new BigDecimal("0.000000000001"),
                new BigDecimal("187.20"),
                new BigDecimal("1E+5"),
                new BigDecimal("100"),
                new BigDecimal("1.5"),
                new BigDecimal("0"),
                TIME,
                TIME.plusSeconds(60),
                new BigDecimal("60"),
                5,
                9,
                1,
                1,
                0);

        assertThat(Json.writeLine(stats))
                .isEqualTo(
                        "{\"symbol\":\"AAPL\",\"topicId\":\"abc\",\"count\":2,\"minPrice\":\"187.20\","
                                + "\"maxPrice\":\"105433.60\",\"avgPrice\":\"0.000000000001\",\"openPrice\":\"187.20\","
                                + "\"lastPrice\":\"100000\",\"volume\":\"100\",\"vwap\":\"1.5\",\"stdDev\":\"0\","
                                + "\"firstTimestamp\":\"2026-11-20T14:30:00.123456Z\","
                                + "\"lastTimestamp\":\"2026-11-20T14:31:00.123456Z\",\"durationSeconds\":\"60\","
                                + "\"since\":5,\"asOf\":9,\"rejected\":1,\"missed\":1,\"skipped\":0,\"late\":0,\"outside\":{},\"sources\":{}}");
        PriceStats read = Json.read(Json.write(stats), PriceStats.class);
        assertThat(Json.writeLine(read)).isEqualTo(Json.writeLine(stats));
        assertThat(read.minPrice()).hasToString("187.20");
    }

    @Test
    void statisticsWithoutTicks() {
        PriceStats none = new PriceStats(
                AAPL,
                "abc",
                0,
                null,
                null,
                null,
                null,
                null,
                BigDecimal.ZERO,
                null,
                null,
                null,
                null,
                null,
                0,
                0,
                0,
                0,
                0);

        assertThat(Json.writeLine(none))
                .isEqualTo(
                        "{\"symbol\":\"AAPL\",\"topicId\":\"abc\",\"count\":0,\"volume\":\"0\","
                                + "\"since\":0,\"asOf\":0,\"rejected\":0,\"missed\":0,\"skipped\":0,\"late\":0,\"outside\":{},\"sources\":{}}");
        assertReadBack(none, PriceStats.class);
    }

    @Test
    void subscriptionAndProgress() {
        Subscription open =
                new Subscription("3-17", ALICE, AAPL, "abc", "feeds.alice.1", 5, OptionalLong.empty(), "0f");
        assertThat(Json.writeLine(open))
                .isEqualTo("{\"id\":\"3-17\",\"client\":\"alice\",\"symbol\":\"AAPL\",\"topicId\":\"abc\","
                        + "\"feed\":\"feeds.alice.1\",\"start\":5,\"correlationId\":\"0f\",\"whenSlow\":\"keep\"}");
        assertReadBack(open, Subscription.class);
        Subscription waiting = new Subscription(
                "3-17",
                ALICE,
                AAPL,
                "",
                "feeds.alice.1",
                0,
                OptionalLong.empty(),
                "0f",
                Optional.of(Duration.ofMillis(250)),
                WhenSlow.CONFLATE,
                true);
        assertReadBack(waiting, Subscription.class);
        assertThat(waiting.isBound()).isFalse();
        assertThat(waiting.bound("3-17", AAPL, "abc", 0).isBound()).isTrue();
        assertReadBack(open.endingAt(9, "10"), Subscription.class);
        assertThat(open.isOpen()).isTrue();
        assertThat(open.endingAt(9, "10").isOpen()).isFalse();

        assertThat(Json.writeLine(Progress.LIVE)).isEqualTo("{\"state\":\"LIVE\"}");
        assertThat(Json.writeLine(Progress.catchingUp(7))).isEqualTo("{\"state\":\"CATCHING_UP\",\"next\":7}");
        assertReadBack(Progress.LIVE, Progress.class);
        assertReadBack(Progress.catchingUp(0), Progress.class);
        assertReadBack(Progress.catchingUp(7), Progress.class);
        assertReadBack(Progress.ended(7), Progress.class);
        assertReadBack(Progress.catchingUp(7).by("hub-1@5"), Progress.class);
    }

    @Test
    void instanceAndDrain() {
        InstanceStatus instance = new InstanceStatus(
                "hub-1", Role.HUB, "0.1.0", InstanceStatus.State.RUNNING, TIME, List.of("hub-1.0", "hub-1.1"));
        assertThat(Json.writeLine(instance))
                .isEqualTo(
                        "{\"instance\":\"hub-1\",\"role\":\"hub\",\"version\":\"0.1.0\",\"state\":\"RUNNING\","
                                + "\"startedAt\":\"2026-11-20T14:30:00.123456Z\",\"transactionalIds\":[\"hub-1.0\",\"hub-1.1\"]}");
        assertReadBack(instance, InstanceStatus.class);

        DrainState drain = new DrainState(
                3,
                DrainState.Phase.CONSUME,
                "hub-1",
                TIME,
                Duration.ofMillis(30_250),
                List.of("hub-1", "sim-1"),
                Map.of("AAPL", 17L));
        assertThat(Json.writeLine(drain))
                .isEqualTo("{\"epoch\":3,\"phase\":\"CONSUME\",\"coordinator\":\"hub-1\","
                        + "\"begunAt\":\"2026-11-20T14:30:00.123456Z\",\"timeout\":\"PT30.25S\","
                        + "\"members\":[\"hub-1\",\"sim-1\"],\"ends\":{\"AAPL\":17}}");
        assertReadBack(drain, DrainState.class);
        assertThat(drain.deadline()).isEqualTo(TIME.plusMillis(30_250));
    }

    @Test
    void feedEvent() {
        FeedEvent event = new FeedEvent(AAPL, "3-17", 5, 9, "retention deleted 4 offsets", Optional.empty());
        assertThat(Json.writeLine(event))
                .isEqualTo("{\"symbol\":\"AAPL\",\"subscription\":\"3-17\",\"from\":5,\"to\":9,"
                        + "\"detail\":\"retention deleted 4 offsets\"}");
        assertReadBack(event, FeedEvent.class);
    }

    @Test
    void fieldsThatAreNotKnownYetAreIgnored() {
        byte[] bytes = "{\"state\":\"LIVE\",\"colour\":{\"a\":[1]}}".getBytes(StandardCharsets.UTF_8);
        assertThat(Json.read(bytes, Progress.class)).isEqualTo(Progress.LIVE);
    }

    @Test
    void brokenTextIsAJacksonException() {
        for (String text : new String[] {"", "{", "[]", "17", "{\"state\":\"NEVER\"}", "{\"state\":\"LIVE\"} x"}) {
            assertThatThrownBy(() -> Json.read(text.getBytes(StandardCharsets.UTF_8), Progress.class))
                    .as(text)
                    .isInstanceOf(JacksonException.class);
        }
    }

    private static <T> void assertReadBack(T value, Class<T> type) {
        assertThat(Json.read(Json.write(value), type)).isEqualTo(value);
    }
}
