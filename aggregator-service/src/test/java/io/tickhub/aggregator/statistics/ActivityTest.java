package io.tickhub.aggregator.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tickhub.model.Json;
import io.tickhub.model.SourceIds;
import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ActivityTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private Activity activity = new Activity(Activity.Saved.NONE);

    @Test
    void ratesAreThoseOfTheNewestSecondsOfEventTimeInWhateverOrderTicksCome() {
        Random random = new Random(3);
        for (int round = 0; round < 100; round++) {
            activity = new Activity(Activity.Saved.NONE);
            List<Instant> times = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                Instant time = NOON.plusMillis(random.nextInt(random.nextInt(10) == 0 ? 600_000 : 90_000));
                times.add(time);
                activity.add(tick("", "", time));
                if (random.nextInt(20) == 0) {
                    activity = new Activity(Json.read(Json.write(activity.toSaved()), Activity.Saved.class));
                }
            }
            assertThat(activity.ticksPerSecond(10).multiply(BigDecimal.TEN))
                    .as("round %d", round)
                    .isEqualByComparingTo(newest(times, 10));
            assertThat(activity.ticksPerSecond(60)
                            .multiply(BigDecimal.valueOf(60))
                            .doubleValue())
                    .as("round %d", round)
                    .isCloseTo(newest(times, 60).doubleValue(), within(1e-6));
        }
    }

    @Test
    void sourcesAreToldApart() {
        activity.add(tick("a", "1", NOON));
        activity.add(tick("b", "7", NOON));
        activity.add(tick("a", "4", NOON));
        activity.add(tick("b", "7", NOON));
        activity.add(tick("b", "x8", NOON));
        activity.add(tick("", "", NOON));

        assertThat(activity.sources())
                .isEqualTo(Map.of("a", new SourceIds(4, 1, 2, 0, 0), "b", new SourceIds(7, 0, 0, 1, 0)));
    }

    @Test
    void thereAreNoMoreSourcesThanMayBe() {
        for (int i = 0; i < 1_000; i++) {
            activity.add(tick("source-" + i, "1", NOON));
        }
        assertThat(activity.sources()).hasSize(FollowedSources.MOST);
    }

    private static BigDecimal newest(List<Instant> times, int seconds) {
        long last = times.stream().mapToLong(Instant::getEpochSecond).max().orElseThrow();
        return BigDecimal.valueOf(times.stream()
                .filter(time -> time.getEpochSecond() > last - seconds)
                .count());
    }

    private static Tick tick(String source, String id, Instant time) {
        return new Tick(new Symbol("AAPL"), BigDecimal.ONE, BigDecimal.ONE, time, source, id);
    }
}
