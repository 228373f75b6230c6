package io.tickhub.aggregator.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.aggregator.bar.SavedBars;
import io.tickhub.aggregator.exact.Trade;
import io.tickhub.model.Json;
import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class AggregatorStateTest {

    private static final Symbol SYMBOL = new Symbol("EUR/USD");
    private static final Instant TIME = Instant.parse("2026-11-20T14:30:00.123456789Z");

    @Test
    void aSavedStateIsReadBackExactly() {
        Accumulator accumulator = new Accumulator(SYMBOL, "topic-1", 5);
        accumulator.missTo(7);
        accumulator.add(7, Trade.of(tick("999999999999999999.999999999999999999", "0.000000000000000001")));
        accumulator.add(9, Trade.of(tick("1.0850", "1000000")));
        accumulator.reject(10);

        AggregatorState state = accumulator.toState();
        AggregatorState read = AggregatorState.fromJson(SYMBOL, state.toJson());
        assertThat(read).isEqualTo(state);
        assertThat(new Accumulator(read).toStats()).isEqualTo(accumulator.toStats());
        assertThat(new Accumulator(read).toState()).isEqualTo(state);
    }

    @Test
    void aStateWithoutTicksIsReadBackExactly() {
        AggregatorState state = new Accumulator(SYMBOL, "topic-1", 3).toState();

        assertThat(AggregatorState.fromJson(SYMBOL, state.toJson())).isEqualTo(state);
    }

    @Test
    void aStateOfTheFirstVersionIsReadAndHasNoBars() {
        Accumulator accumulator = new Accumulator(SYMBOL, "topic-1", 0);
        accumulator.add(0, Trade.of(tick("1.0850", "1000000")));
        ObjectNode first = Json.read(accumulator.toState().toJson(), ObjectNode.class);
        first.put("version", 1).remove(List.of("bars", "activity", "volatility", "tradeSizes"));

        AggregatorState read = AggregatorState.fromJson(SYMBOL, Json.write(first));
        assertThat(read.bars()).isEqualTo(SavedBars.NONE);
        assertThat(read.activity()).isEqualTo(Activity.Saved.NONE);
        assertThat(new Accumulator(read).toStats().avgPrice())
                .isEqualTo(accumulator.toStats().avgPrice());
    }

    @Test
    void aStateOfTheSecondVersionIsReadAndWhatItDoesNotKnowStaysUnknown() {
        Accumulator accumulator = new Accumulator(SYMBOL, "topic-1", 0);
        accumulator.add(0, Trade.of(tick("1.0850", "1000000")));
        assertThat(accumulator.toStats().realizedVolatility()).hasToString("0");
        ObjectNode second = Json.read(accumulator.toState().toJson(), ObjectNode.class);
        second.put("version", 2).remove(List.of("volatility", "tradeSizes"));

        Accumulator read = new Accumulator(AggregatorState.fromJson(SYMBOL, Json.write(second)));
        read.add(1, Trade.of(tick("1.0851", "1")));
        read = new Accumulator(AggregatorState.fromJson(SYMBOL, read.toState().toJson()));
        read.add(2, Trade.of(tick("1.0852", "1")));
        assertThat(read.toStats().count()).isEqualTo(3);
        assertThat(read.toStats().realizedVolatility()).isNull();
        assertThat(read.toStats().volumeP50()).isNull();
    }

    @Test
    void theStateOfANewerVersionIsRefused() {
        byte[] newer = utf8("{\"version\":4,\"symbol\":{\"anything\":[]}}");

        assertThatThrownBy(() -> AggregatorState.fromJson(SYMBOL, newer))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "the saved statistics of EUR/USD have format 4, but this version of Tickhub reads formats 1 to 3;"
                                + " start the version of Tickhub that wrote them");
    }

    @Test
    void bytesThatAreNoStateAreRefused() {
        for (String text :
                new String[] {"{}", "[]", "null", "17", "{not JSON", "", "{\"version\":1}", "{\"version\":{}}"}) {
            assertThatThrownBy(() -> AggregatorState.fromJson(SYMBOL, utf8(text)))
                    .as(text)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("EUR/USD");
        }
    }

    @Test
    void aStateThatLosesAnOffsetIsRefused() {
        String json = new String(new Accumulator(SYMBOL, "topic-1", 3).toState().toJson(), StandardCharsets.UTF_8);
        byte[] broken = utf8(json.replace("\"nextOffset\":3", "\"nextOffset\":4"));

        assertThatThrownBy(() -> AggregatorState.fromJson(SYMBOL, broken)).isInstanceOf(IllegalStateException.class);
    }

    private static Tick tick(String price, String volume) {
        return new Tick(SYMBOL, new BigDecimal(price), new BigDecimal(volume), TIME, "", "");
    }

    private static byte[] utf8(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
