package io.tickhub.aggregator.bar;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.aggregator.exact.Trade;
import io.tickhub.model.Bar;
import io.tickhub.model.BarInterval;
import io.tickhub.model.Json;
import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SymbolBarsTest {

    private static final Symbol SYMBOL = new Symbol("BTC-USD");
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final BarInterval SECOND = BarInterval.parse("1s");
    private static final BarInterval MINUTE = BarInterval.parse("1m");
    private static final BarSettings USUAL =
            new BarSettings(BarInterval.USUAL, Duration.ofSeconds(5), Duration.ofSeconds(20));

    private final Map<String, Bar> published = new TreeMap<>();
    private SymbolBars bars = newBars(USUAL, SavedBars.NONE, Optional.empty());
    private Instant newest = Instant.MIN;
    private long offset;

    @Test
    void aTickOpensABarOfEachIntervalAlignedToUtc() {
        add("12:34:56.789", "187.25", "3");
        publish();

        assertThat(bar("1s", "12:34:56").count()).isEqualTo(1);
        assertThat(bar("1m", "12:34:00").end()).isEqualTo(at("12:35:00"));
        assertThat(bar("5m", "12:30:00").vwap()).hasToString("187.25");
        assertThat(bar("1h", "12:00:00").state()).isEqualTo(Bar.State.OPEN);
        assertThat(bar("1d", "00:00:00").end()).isEqualTo("2026-11-21T00:00:00Z");
        assertThat(published).hasSize(5);
    }

    @Test
    void openAndCloseGoByEventTimeAndAmongEqualTimesByOffset() {
        add("12:00:01.500", "3", "1");
        add("12:00:01.500", "4", "1");
        add("12:00:01.100", "1", "2");
        add("12:00:01.100", "2", "1");
        publish();

        Bar bar = bar("1s", "12:00:01");
        assertThat(bar.open()).hasToString("1");
        assertThat(bar.close()).hasToString("4");
        assertThat(bar.high()).hasToString("4");
        assertThat(bar.low()).hasToString("1");
        assertThat(bar.volume()).hasToString("5");
        assertThat(bar.turnover()).hasToString("11");
        assertThat(bar.openTime()).isEqualTo(at("12:00:01.100"));
        assertThat(bar.asOf()).isEqualTo(4);
    }

    @Test
    void aBarIsFinalWhenEventTimeHasPassedItsEndByTheLateness() {
        add("12:00:00", "1", "1");
        add("12:00:05.999", "1", "1");
        publish();
        assertThat(bar("1s", "12:00:00").state()).isEqualTo(Bar.State.OPEN);

        add("12:00:06", "1", "1");
        publish();
        assertThat(bar("1s", "12:00:00").state()).isEqualTo(Bar.State.FINAL);
        assertThat(bar("1m", "12:00:00").state()).isEqualTo(Bar.State.OPEN);
    }

    @Test
    void aLateTickGivesARevisionAndIsCounted() {
        add("12:00:00", "1", "1");
        add("12:00:06", "2", "1");
        publish();
        add("12:00:00.5", "9", "1");
        publish();

        Bar revised = bar("1s", "12:00:00");
        assertThat(revised.state()).isEqualTo(Bar.State.FINAL);
        assertThat(revised.revision()).isEqualTo(1);
        assertThat(revised.close()).hasToString("9");
        assertThat(bar("1m", "12:00:00").revision()).as("it was not final yet").isZero();
        assertThat(bars.late()).isEqualTo(1);
        assertThat(bars.outside()).isEmpty();
    }

    @Test
    void aTickThatIsLaterThanTheRetentionIsInTheLongerBarsOnlyAndIsCounted() {
        add("12:00:00", "1", "1");
        add("12:00:30", "1", "1");
        add("12:00:01", "1", "1");
        publish();

        assertThat(published).doesNotContainKey("1s 2026-11-20T12:00:01Z");
        assertThat(bar("1m", "12:00:00").count()).isEqualTo(3);
        assertThat(bars.outside()).isEqualTo(Map.of("1s", 1L));
        assertThat(bars.late()).isEqualTo(1);
    }

    @Test
    void aTickIsTooLateWhenTheLongestBarsAreGone() {
        add("12:00:00", "1", "1");

        assertThat(bars.isTooLate(Instant.parse("2026-11-19T00:00:00Z"))).isFalse();
        assertThat(bars.isTooLate(Instant.parse("2026-11-18T23:59:59.999Z"))).isTrue();
        assertThat(newBars(new BarSettings(List.of(), Duration.ZERO, Duration.ZERO), SavedBars.NONE, Optional.of(NOON))
                        .isTooLate(Instant.EPOCH))
                .as("without bars")
                .isFalse();
    }

    @Test
    void theBarsOfAQuietSymbolAreClosedByTheClockAndOpenedAgainByATick() {
        add("12:00:00", "1", "1");
        publish();
        assertThat(bars.closesAt(at("12:00:00.5"))).contains(at("12:00:06"));
        assertThat(bars.closesAt(at("12:10:00")))
                .as("ticks come, of an earlier day")
                .contains(at("12:10:05"));

        bars.closeOver(at("12:00:05.999"));
        assertThat(bars.unpublishedCount()).isZero();
        bars.closeOver(at("12:01:05"));
        publish();
        assertThat(bar("1s", "12:00:00").state()).isEqualTo(Bar.State.PROVISIONAL);
        assertThat(bar("1m", "12:00:00").state()).isEqualTo(Bar.State.PROVISIONAL);
        assertThat(bar("5m", "12:00:00").state()).isEqualTo(Bar.State.OPEN);
        assertThat(bars.closesAt(at("12:00:00"))).contains(at("12:05:05"));

        add("12:00:00.7", "2", "1");
        publish();
        assertThat(bar("1s", "12:00:00").state()).isEqualTo(Bar.State.OPEN);
        assertThat(bar("1s", "12:00:00").revision()).isZero();
        add("12:00:30", "2", "1");
        publish();
        assertThat(bar("1s", "12:00:00").state()).isEqualTo(Bar.State.FINAL);
    }

    @Test
    void anIntervalOfWhichNothingWasSavedBeginsWithItsNextBar() {
        bars = newBars(USUAL, SavedBars.NONE, Optional.of(at("12:00:30")));
        add("12:00:31", "1", "1");
        add("12:00:30", "1", "1");
        add("12:01:00", "1", "1");
        publish();
        bars = newBars(USUAL, saved(), Optional.of(at("12:01:00")));
        add("12:00:59", "1", "1");
        publish();

        assertThat(published.keySet())
                .containsExactly(
                        "1m 2026-11-20T12:01:00Z",
                        "1s 2026-11-20T12:00:31Z",
                        "1s 2026-11-20T12:00:59Z",
                        "1s 2026-11-20T12:01:00Z");
        assertThat(bars.outside()).isEqualTo(Map.of("1s", 1L, "1m", 3L, "5m", 4L, "1h", 4L, "1d", 4L));
    }

    @Test
    void aBarThatIsGoneIsNotBegunAfreshByWhoeverKeepsBarsForLonger() {
        add("12:00:00", "1", "1");
        add("12:01:00", "2", "1");
        publish();
        BarSettings longer = new BarSettings(BarInterval.USUAL, Duration.ofSeconds(5), Duration.ofSeconds(300));
        bars = newBars(longer, saved(), Optional.of(at("12:01:00")));
        add("12:00:00.5", "9", "1");
        add("12:00:50", "3", "1");
        publish();

        assertThat(bar("1s", "12:00:00").high()).hasToString("1");
        assertThat(bar("1s", "12:00:50").count()).isEqualTo(1);
        assertThat(bar("1m", "12:00:00").count()).isEqualTo(3);
        assertThat(bars.outside()).isEqualTo(Map.of("1s", 1L));
    }

    @Test
    void whatIsKeptIsBounded() {
        for (int i = 0; i < 10_000; i++) {
            add(NOON.plusSeconds(i), "1", "1");
            publish();
        }
        assertThat(saved().series()).extracting(series -> series.bars().size()).containsExactly(21, 2, 2, 2, 1);
    }

    @Test
    void anyTicksInAnyOrderGiveTheBarsOfThePlainModelWhereverTheyWerePublished() {
        Random random = new Random(11);
        for (int round = 0; round < 300; round++) {
            compare(random, "round " + round);
        }
    }

    private void compare(Random random, String name) {
        Duration lateness = Duration.ofMillis(random.nextInt(8_000));
        BarSettings settings = new BarSettings(
                List.of(SECOND, BarInterval.parse("4s"), MINUTE),
                lateness,
                lateness.plusMillis(random.nextInt(20_000)));
        List<PlainBars> model = settings.intervals().stream()
                .map(interval -> new PlainBars(interval, settings))
                .toList();
        Supplier<BigDecimal> decimals =
                () -> new BigDecimal(random.nextInt(1, 100_000)).movePointLeft(random.nextInt(6));
        published.clear();
        newest = Instant.MIN;
        bars = newBars(settings, SavedBars.NONE, Optional.empty());
        Instant base = NOON;
        int ticks = random.nextInt(120);
        for (offset = 0; offset < ticks; offset++) {
            base = base.plusMillis(random.nextInt(random.nextInt(20) == 0 ? 90_000 : 1_500));
            Instant time = base.minusMillis((long) random.nextInt(4) * random.nextInt(12_000));
            Tick tick = new Tick(
                    SYMBOL, decimals.get(), random.nextInt(5) == 0 ? BigDecimal.ZERO : decimals.get(), time, "", "");
            if (bars.isTooLate(time)) {
                continue;
            }
            model.forEach(plain -> plain.add(offset, tick));
            bars.add(offset, Trade.of(tick));
            newest = time.isAfter(newest) ? time : newest;
            if (random.nextInt(6) == 0) {
                publish();
            }
            if (random.nextInt(10) == 0) {
                publish();
                bars = newBars(settings, saved(), Optional.of(newest));
            }
        }
        publish();
        for (PlainBars plain : model) {
            for (Bar expected : plain.bars()) {
                String key = expected.interval() + " " + expected.start();
                assertThat(published.remove(key)).as(name + " " + key).isEqualTo(expected);
            }
        }
        assertThat(published).as(name).isEmpty();
        assertThat(bars.outside().values().stream().mapToLong(Long::longValue).sum())
                .as(name)
                .isEqualTo(model.stream().mapToLong(PlainBars::outside).sum());
    }

    private static SymbolBars newBars(BarSettings settings, SavedBars saved, Optional<Instant> clock) {
        return new SymbolBars(SYMBOL, "topic-1", settings, saved, clock);
    }

    /** As it is after it went through Kafka. */
    private SavedBars saved() {
        bars.endRun();
        return Json.read(Json.write(bars.toSaved()), SavedBars.class);
    }

    private void publish() {
        bars.endRun();
        bars.unpublished().forEach(bar -> published.put(bar.interval() + " " + bar.start(), bar));
        bars.published();
    }

    private void add(String time, String price, String volume) {
        add(at(time), price, volume);
    }

    private void add(Instant time, String price, String volume) {
        bars.add(offset++, Trade.of(new Tick(SYMBOL, new BigDecimal(price), new BigDecimal(volume), time, "", "")));
    }

    private Bar bar(String interval, String start) {
        return published.get(interval + " " + at(start));
    }

    private static Instant at(String time) {
        return Instant.parse("2026-11-20T" + time + "Z");
    }
}
