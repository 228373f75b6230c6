package io.tickhub.client.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.model.Bar;
import io.tickhub.model.BarInterval;
import io.tickhub.model.Json;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import io.tickhub.model.TickCodec;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Figures computed by hand are found right, and each that is changed is found. */
class SymbolRecountTest {

    private static final Symbol AAPL = new Symbol("AAPL");
    private static final BarInterval SECOND = BarInterval.parse("1s");
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final BarRules RULES = new BarRules(Duration.ofSeconds(5), Duration.ofSeconds(20));

    /** The third tick comes when the bar of the first is final, the last one for no bar of a second; one record is no tick. */
    private static final List<ConsumerRecord<byte[], byte[]>> RECORDS = List.of(
            record(0, "10", "1", NOON),
            record(1, "13", "3", NOON.plusSeconds(6)),
            record(2, "11", "0", NOON.plusMillis(500)),
            broken(3),
            record(4, "12", "1", NOON.plusSeconds(30)));

    private static final String STATISTICS =
            """
            {"symbol":"AAPL","topicId":"id","count":4,"minPrice":"10","maxPrice":"13","avgPrice":"11.5","openPrice":"10",
             "lastPrice":"12","volume":"5","vwap":"12.2","stdDev":"1.118033988750","firstTimestamp":"2026-11-20T12:00:00Z",
             "lastTimestamp":"2026-11-20T12:00:30Z","durationSeconds":"30","since":0,"asOf":5,"rejected":1,"missed":0,"skipped":0,
             "late":1,"outside":{},"ticksPerSecond10s":"0.1","ticksPerSecond60s":"0.066666666667","priceReturn":"0.2",
             "realizedVolatility":"0.322975315152",
             "volumeP50":"1.0099","volumeP90":"0.9901","volumeP99":"1",
             "sources":{"test":{"last":4,"gaps":1,"missing":1,"repeats":0,"backward":0}}}""";

    private static final String FIRST_BAR =
            """
            {"symbol":"AAPL","topicId":"id","interval":"1s","start":"2026-11-20T12:00:00Z","end":"2026-11-20T12:00:01Z",
             "state":"FINAL","revision":1,"open":"10","high":"11","low":"10","close":"11","volume":"1","vwap":"10",
             "turnover":"10","count":2,"openTime":"2026-11-20T12:00:00Z","closeTime":"2026-11-20T12:00:00.500Z","asOf":3}""";

    @Test
    void whatIsRightIsFoundRight() {
        Verdict verdict = verdict(statistics(), bars(bar(FIRST_BAR)));

        assertThat(verdict.sentences()).isEmpty();
        assertThat(verdict.isClean()).isTrue();
        assertThat(verdict.ticks()).isEqualTo(4);
        assertThat(verdict.bars()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "count, 5",
        "minPrice, 10.000000000001",
        "avgPrice, 11.6",
        "lastPrice, 13",
        "volume, 5.1",
        "vwap, 12.200000000001",
        "stdDev, 1.118033988749",
        "lastTimestamp, 2026-11-20T12:00:31Z",
        "durationSeconds, 31",
        "asOf, 4",
        "rejected, 0",
        "late, 2",
        "ticksPerSecond10s, 0.2",
        "ticksPerSecond60s, 0.066666666666",
        "priceReturn, 0.3",
        "realizedVolatility, 0.322975315154",
        "volumeP50, 1.011",
        "volumeP50, 0.989",
        "volumeP90, 3",
        "volumeP99, 0"
    })
    void eachWrongFigureOfTheStatisticsIsFound(String field, String wrong) {
        ObjectNode changed = Json.read(STATISTICS.getBytes(StandardCharsets.UTF_8), ObjectNode.class);
        changed.put(field, wrong);
        PriceStats stats = Json.read(Json.write(changed), PriceStats.class);

        assertThat(verdict(stats, bars(bar(FIRST_BAR))).isClean()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "state, OPEN",
        "revision, 0",
        "open, 11",
        "high, 11.1",
        "low, 9",
        "close, 10",
        "volume, 2",
        "vwap, 10.000000000001",
        "turnover, 11",
        "count, 3",
        "openTime, 2026-11-20T12:00:00.100Z",
        "closeTime, 2026-11-20T12:00:00.600Z",
        "asOf, 2",
        "end, 2026-11-20T12:00:02Z"
    })
    void eachWrongFigureOfABarIsFound(String field, String wrong) {
        Bar changed = Json.readWith(field, wrong, FIRST_BAR.getBytes(StandardCharsets.UTF_8), Bar.class);

        assertThat(verdict(statistics(), bars(changed)).isClean()).isFalse();
    }

    @Test
    void aBarThatIsMissingOrTooManyIsFound() {
        List<Bar> missing = bars(bar(FIRST_BAR));
        missing.remove(1);
        assertThat(verdict(statistics(), missing).sentences())
                .singleElement()
                .asString()
                .contains("1 ticks are missing");

        Bar extra =
                Json.readWith("start", "2026-11-20T12:00:20Z", FIRST_BAR.getBytes(StandardCharsets.UTF_8), Bar.class);
        List<Bar> tooMany = bars(bar(FIRST_BAR));
        tooMany.add(extra);
        assertThat(verdict(statistics(), tooMany).sentences())
                .singleElement()
                .asString()
                .contains("no tick");
    }

    @Test
    void ofAPartOnlyBarsThatLieInItAreCompared() {
        SymbolRecount recount = new SymbolRecount(
                statistics(),
                RULES,
                List.of(new IntervalRecount(SECOND, bars(bar(FIRST_BAR)), RULES, statistics())),
                1);
        RECORDS.subList(1, RECORDS.size()).forEach(recount::add);

        Verdict verdict = recount.verdict();
        assertThat(verdict.sentences()).isEmpty();
        assertThat(verdict.isWhole()).isFalse();
        assertThat(verdict.bars()).as("the last one").isEqualTo(1);
    }

    /** The first record that is read is of a source an hour behind. */
    @Test
    void ofAPartBarsAreNotComparedThatASourceAheadHasBegunBefore() {
        List<Bar> bars = new ArrayList<>(List.of(
                single(0, "10", "1", Bar.State.FINAL, 1),
                withCount(2, single(10, "11", "1", Bar.State.FINAL, 4)),
                single(30, "12", "1", Bar.State.OPEN, 5)));

        Verdict verdict = ofAPart(
                bars,
                List.of(
                        record(2, "10", "1", NOON.minusSeconds(3_600)),
                        record(3, "11", "1", NOON.plusSeconds(10)),
                        record(4, "12", "1", NOON.plusSeconds(30))));

        assertThat(verdict.sentences()).isEmpty();
        assertThat(verdict.bars()).as("the last one").isEqualTo(1);
    }

    /** No bar lies before the part, but one has three ticks, of which only two can be in it. */
    @Test
    void ofAPartABarIsNotComparedThatHasMoreTicksThanThereAreOffsets() {
        List<Bar> bars = new ArrayList<>(List.of(
                withCount(3, single(0, "10", "1", Bar.State.FINAL, 4)), single(30, "12", "1", Bar.State.OPEN, 5)));

        Verdict verdict = ofAPart(
                bars,
                List.of(
                        record(2, "10", "1", NOON.minusSeconds(3_600)),
                        record(3, "10", "1", NOON),
                        record(4, "12", "1", NOON.plusSeconds(30))));

        assertThat(verdict.sentences()).isEmpty();
        assertThat(verdict.bars()).as("the last one").isEqualTo(1);
    }

    /** Of what is read from offset 2 on. */
    private static Verdict ofAPart(List<Bar> bars, List<ConsumerRecord<byte[], byte[]>> records) {
        SymbolRecount recount = new SymbolRecount(
                statistics(), RULES, List.of(new IntervalRecount(SECOND, bars, RULES, statistics())), 2);
        records.forEach(recount::add);
        return recount.verdict();
    }

    private static Bar withCount(int count, Bar bar) {
        return Json.readWith("count", Integer.toString(count), Json.write(bar), Bar.class);
    }

    private static Verdict verdict(PriceStats stats, List<Bar> bars) {
        SymbolRecount recount =
                new SymbolRecount(stats, RULES, List.of(new IntervalRecount(SECOND, bars, RULES, stats)), 0);
        RECORDS.forEach(recount::add);
        return recount.verdict();
    }

    private static PriceStats statistics() {
        return Json.read(STATISTICS.getBytes(StandardCharsets.UTF_8), PriceStats.class);
    }

    private static Bar bar(String json) {
        return Json.read(json.getBytes(StandardCharsets.UTF_8), Bar.class);
    }

    private static List<Bar> bars(Bar first) {
        return new ArrayList<>(
                List.of(first, single(6, "13", "3", Bar.State.FINAL, 2), single(30, "12", "1", Bar.State.OPEN, 5)));
    }

    /** A bar of one tick. */
    private static Bar single(int second, String price, String volume, Bar.State state, long asOf) {
        BigDecimal value = new BigDecimal(price);
        Instant time = NOON.plusSeconds(second);
        return new Bar(
                AAPL,
                "id",
                SECOND,
                time,
                time.plusSeconds(1),
                state,
                0,
                value,
                value,
                value,
                value,
                new BigDecimal(volume),
                value,
                value.multiply(new BigDecimal(volume)),
                1,
                time,
                time,
                asOf);
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, String price, String volume, Instant time) {
        return record(
                offset,
                new TickCodec()
                        .encode(new Tick(
                                AAPL,
                                new BigDecimal(price),
                                new BigDecimal(volume),
                                time,
                                "test",
                                Long.toString(offset))));
    }

    private static ConsumerRecord<byte[], byte[]> broken(long offset) {
        return record(offset, new byte[] {'x'});
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, byte[] value) {
        return new ConsumerRecord<>(
                "ticks.AAPL",
                0,
                offset,
                NOON.plusSeconds(60).toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                0,
                value.length,
                null,
                value,
                new RecordHeaders(),
                Optional.empty());
    }
}
