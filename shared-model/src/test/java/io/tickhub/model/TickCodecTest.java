package io.tickhub.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TickCodecTest {

    private static final Symbol SYMBOL = new Symbol("BTC-USD");
    private static final Instant ARRIVAL = Instant.parse("2026-11-20T14:30:01Z");

    private final TickCodec codec = new TickCodec();

    @Test
    void aTickIsOneReadableObject() {
        Tick tick = new Tick(
                new Symbol("AAPL"),
                new BigDecimal("187.250"),
                new BigDecimal("300"),
                Instant.parse("2026-11-20T14:30:00.123456Z"),
                "sim-1",
                "981");

        assertThat(new String(codec.encode(tick), StandardCharsets.UTF_8))
                .isEqualTo("{\"symbol\":\"AAPL\",\"price\":\"187.250\",\"volume\":\"300\","
                        + "\"timestamp\":\"2026-11-20T14:30:00.123456Z\",\"source\":\"sim-1\",\"id\":\"981\"}");
    }

    @Test
    void everyTickIsReadBackAsItWas() {
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            Tick tick = new Tick(
                    new Symbol(random.nextBoolean() ? "BTC-USD" : "日経/225 \"x\\"),
                    decimal(random),
                    random.nextInt(5) == 0 ? BigDecimal.ZERO : decimal(random),
                    Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
                    random.nextBoolean() ? "" : "source \"é\" \n 🙂",
                    random.nextBoolean() ? "" : Long.toString(random.nextLong()));

            assertThat(codec.decode(tick.symbol(), codec.encode(tick), Instant.MAX.minusSeconds(600)))
                    .isEqualTo(new Decoded.Valid(tick));
        }
    }

    @Test
    void numbersMayStandWithoutQuotationMarksAndUnknownFieldsAreIgnored() {
        String text = "{\"new\":{\"a\":[1,{\"b\":null}]},\"symbol\":\"BTC-USD\",\"price\":105433.60,\"volume\":1.5E3,"
                + "\"id\":981,\"timestamp\":\"2026-11-20T23:30:00+09:00\",\"more\":1e999}";

        assertThat(decode(text))
                .isEqualTo(new Decoded.Valid(new Tick(
                        SYMBOL,
                        new BigDecimal("105433.60"),
                        new BigDecimal("1500"),
                        Instant.parse("2026-11-20T14:30:00Z"),
                        "",
                        "981")));
    }

    @Test
    void anEventTimeMayBeFiveMinutesAheadOfItsArrivalAndNoMore() {
        assertThat(decode(tick("\"1\"", "\"1\"", "\"2026-11-20T14:35:01Z\""))).isInstanceOf(Decoded.Valid.class);
        assertThat(decode(tick("\"1\"", "\"1\"", "\"2026-11-20T14:35:01.000000001Z\"")))
                .extracting(decoded -> ((Decoded.Malformed) decoded).reason())
                .isEqualTo(DeadLetterReason.FUTURE);
    }

    private Decoded decode(String text) {
        return codec.decode(SYMBOL, text.getBytes(StandardCharsets.UTF_8), ARRIVAL);
    }

    private static String tick(String price, String volume, String timestamp) {
        return "{\"symbol\":\"BTC-USD\",\"price\":" + price + ",\"volume\":" + volume + ",\"timestamp\":" + timestamp
                + "}";
    }

    private static BigDecimal decimal(Random random) {
        BigInteger units = new BigInteger(1 + random.nextInt(59), random).add(BigInteger.ONE);
        return new BigDecimal(units, random.nextInt(19));
    }
}
