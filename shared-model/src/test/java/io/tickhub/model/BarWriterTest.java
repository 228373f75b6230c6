package io.tickhub.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bars are written by hand, and as {@link Json} would write them. */
class BarWriterTest {

    private static final List<String> SYMBOLS = List.of("AAPL", "EUR/USD", "日経", "x\"y", "a\\b");
    private static final List<Bar.State> STATES = List.of(Bar.State.values());

    @Test
    void everyBarIsWrittenAsByJackson() {
        Random random = new Random(4);
        for (int i = 0; i < 50_000; i++) {
            Bar bar = bar(random);

            assertThat(text(bar.toJson())).isEqualTo(text(Json.write(bar)));
            assertThat(BarWriter.write(bar).isPresent())
                    .as("by hand, symbol " + bar.symbol())
                    .isEqualTo(SYMBOLS.indexOf(bar.symbol().name()) < 2);
        }
    }

    private static Bar bar(Random random) {
        BarInterval interval = BarInterval.USUAL.get(random.nextInt(BarInterval.USUAL.size()));
        Instant start = interval.start(interval.slot(time(random)));
        return new Bar(
                new Symbol(SYMBOLS.get(random.nextInt(SYMBOLS.size()))),
                random.nextInt(9) == 0 ? null : "v_w3lx6NSCSzGqLctl0FBw",
                interval,
                start,
                start.plus(interval.length()),
                STATES.get(random.nextInt(STATES.size())),
                random.nextLong(-1, 3),
                decimal(random),
                decimal(random),
                decimal(random),
                random.nextInt(9) == 0 ? null : decimal(random),
                decimal(random),
                random.nextInt(9) == 0 ? null : decimal(random),
                decimal(random),
                random.nextLong(),
                random.nextInt(9) == 0 ? null : time(random),
                time(random),
                random.nextLong() >>> random.nextInt(64));
    }

    private static BigDecimal decimal(Random random) {
        BigInteger units = new BigInteger(random.nextInt(100), random);
        return new BigDecimal(random.nextInt(20) == 0 ? units.negate() : units, random.nextInt(-2, 37));
    }

    private static Instant time(Random random) {
        int nano = random.nextInt(1_000) * (random.nextBoolean() ? 1_000_000 : 1_000);
        return Instant.ofEpochSecond(random.nextLong(-70_000_000_000L, 260_000_000_000L), nano);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
