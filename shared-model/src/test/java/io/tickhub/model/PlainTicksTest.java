package io.tickhub.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whichever way a tick takes, the same comes out; {@code -Dtickhub.seed} gives other ticks. */
class PlainTicksTest {

    private static final long SEED = Long.getLong("tickhub.seed", 1L);
    private static final int TICKS = Integer.getInteger("tickhub.records", 300_000);
    private static final Instant ARRIVAL = Instant.parse("2026-11-20T14:30:01Z");
    private static final List<String> SYMBOLS =
            List.of("AAPL", "BTC-USD", "EUR/USD", "^GSPC", "日経", "x\"", "a\\n", "\\\"", "é");
    private static final List<String> DECIMALS = List.of(
            "0",
            "0.0",
            "00",
            "01",
            "1.",
            ".5",
            "0.5",
            "+1",
            "-1",
            "-0",
            "1e2",
            "1E-2",
            "1.5.0",
            "",
            ".",
            "1_0",
            "0x1",
            "999999999999999999",
            "1000000000000000000",
            "0.000000000000000001",
            "0.0000000000000000001",
            "999999999999999999.999999999999999999",
            "000000000000000000001",
            "NaN",
            "null",
            "1.500",
            "187.25",
            " 1");
    private static final List<String> TIMES = List.of(
            "2026-11-20T14:30:00Z",
            "2026-11-20T14:30:00.1Z",
            "2026-11-20T14:30:00.123456789Z",
            "2026-11-20T14:30:00.1234567890Z",
            "2026-11-20T14:30:00.Z",
            "2026-11-20T14:30Z",
            "2026-11-20T24:00:00Z",
            "2026-02-29T00:00:00Z",
            "2024-02-29T00:00:00Z",
            "2026-11-20T14:36:01.000000001Z",
            "2026-11-20T14:35:01Z",
            "0000-01-01T00:00:00Z",
            "0001-01-01T00:00:00Z",
            "0000-12-31T23:59:59.999999999Z",
            "2026-11-20T15:30:00+01:00",
            "2026-11-20t14:30:00z",
            "-001-01-01T00:00:00Z",
            "٢٠٢٦-11-20T14:30:00Z",
            "2016-12-31T23:59:60Z",
            "");
    private static final List<String> LABELS = List.of(
            "sim-1",
            "",
            " ",
            "981",
            "\\u0041",
            "\\n",
            "é",
            "\u007f",
            "\u0001",
            "x".repeat(256),
            "x".repeat(257),
            "1\"",
            "'",
            "\\",
            "/",
            "{}",
            "\ud83d\ude42",
            "\\ud800");
    private static final String SYNTAX = "{}[]\",:.0e+-9Z\\ TAa\t";

    private final TickCodec codec = new TickCodec();
    private final PlainTicks plain = new PlainTicks();
    private final JsonTicks any = new JsonTicks();

    @Test
    void whatIsNearlyATickIsReadAlikeInBothWays() {
        Random random = new Random(SEED);
        int inUsualForm = 0;
        int accepted = 0;
        for (int i = 0; i < TICKS; i++) {
            Symbol symbol = new Symbol(one(SYMBOLS, random));
            byte[] bytes =
                    random.nextInt(3) == 0 ? damaged(nearlyATick(symbol, random), random) : nearlyATick(symbol, random);
            Optional<Tick> usual = plain.read(symbol, bytes);
            Decoded general = any.read(bytes);
            if (usual.isPresent() && !new Decoded.Valid(usual.get()).equals(general)) {
                fail("seed " + SEED + ", tick " + i + ": plainly " + usual + ", by the parser " + general + ": "
                        + text(bytes));
            }
            inUsualForm += usual.isPresent() ? 1 : 0;
            accepted += general instanceof Decoded.Valid ? 1 : 0;
        }
        assertThat(inUsualForm).isBetween(TICKS / 20, accepted - TICKS / 100);
    }

    @Test
    void everyTickIsWrittenAlikeInBothWays() {
        Random random = new Random(SEED);
        int inUsualForm = 0;
        for (int i = 0; i < TICKS; i++) {
            Tick tick = tick(random);
            byte[] general = any.write(tick);
            Optional<byte[]> usual = plain.write(tick);
            inUsualForm += usual.isPresent() ? 1 : 0;
            if (usual.isPresent() && !text(usual.get()).equals(text(general))) {
                fail("seed " + SEED + ", tick " + i + ": " + text(usual.get()) + " instead of " + text(general));
            }
            Decoded read = codec.decode(tick.symbol(), codec.encode(tick), Instant.MAX);
            if (!read.equals(any.read(general))) {
                fail("seed " + SEED + ", tick " + i + ": " + read + " is read back from " + text(general));
            }
        }
        assertThat(inUsualForm).isBetween(TICKS / 20, TICKS - TICKS / 20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"symbol\":\"AAPL\",\"price\":\"187.25\",\"volume\":\"300\",\"timestamp\":\"2026-11-20T14:30:00.123456Z\","
                        + "\"source\":\"sim-1\",\"id\":\"981\"}",
                "{\"symbol\":\"AAPL\",\"price\":187.25,\"volume\":0,\"timestamp\":\"2026-11-20T14:30:00Z\"}",
                "{\"symbol\":\"AAPL\",\"price\":0.00000000000000001,\"volume\":999999999999999999,"
                        + "\"timestamp\":\"0001-01-01T00:00:00.000000001Z\",\"id\":\"\"}",
            })
    void usualFormsTakeTheShortWay(String text) {
        assertThat(plain.read(new Symbol("AAPL"), bytes(text)).map(Decoded.Valid::new))
                .hasValue((Decoded.Valid) any.read(bytes(text)));
    }

    @Test
    void sourcesAreHeldOnce() {
        byte[] bytes =
                codec.encode(new Tick(new Symbol("AAPL"), BigDecimal.ONE, BigDecimal.ONE, ARRIVAL, "sim-1", "1"));

        String first = plain.read(new Symbol("AAPL"), bytes).orElseThrow().source();
        assertThat(plain.read(new Symbol("AAPL"), bytes).orElseThrow().source()).isSameAs(first);
    }

    private static byte[] nearlyATick(Symbol symbol, Random random) {
        StringBuilder json = new StringBuilder("{\"symbol\":\"");
        json.append(random.nextInt(20) == 0 ? one(SYMBOLS, random) : symbol.name());
        json.append("\",\"price\":").append(number(random));
        json.append(",\"volume\":").append(number(random));
        json.append(",\"timestamp\":\"").append(rarely(random) ? one(TIMES, random) : time(random));
        json.append('"');
        if (random.nextInt(4) != 0) {
            json.append(",\"source\":\"")
                    .append(rarely(random) ? one(LABELS, random) : "sim-1")
                    .append('"');
        }
        if (random.nextInt(4) != 0) {
            json.append(",\"id\":\"")
                    .append(rarely(random) ? one(LABELS, random) : random.nextInt())
                    .append('"');
        }
        return bytes(json.append('}').append(rarely(random) ? " " : "").toString());
    }

    private static String number(Random random) {
        String number = rarely(random) ? one(DECIMALS, random) : decimal(random).toPlainString();
        return random.nextBoolean() ? number : '"' + number + '"';
    }

    private static byte[] damaged(byte[] good, Random random) {
        byte[] bytes = good.clone();
        for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes = Arrays.copyOf(bytes, at + 1);
                case 2 ->
                    System.arraycopy(
                            good,
                            random.nextInt(at + 1),
                            bytes,
                            at,
                            Math.min(1 + random.nextInt(30), bytes.length - at));
                default -> bytes[at] = (byte) SYNTAX.charAt(random.nextInt(SYNTAX.length()));
            }
        }
        return bytes;
    }

    private static Tick tick(Random random) {
        return new Tick(
                new Symbol(one(SYMBOLS, random)),
                decimal(random).add(new BigDecimal(BigInteger.ONE, random.nextInt(19))),
                random.nextInt(5) == 0 ? new BigDecimal(BigInteger.ZERO, random.nextInt(5)) : decimal(random),
                time(random),
                random.nextInt(5) == 0 ? "source \"é\" \n 🙂" : one(List.of("", "sim-1", "a/b", "\u007f"), random),
                random.nextBoolean() ? "" : Long.toString(random.nextLong()));
    }

    private static BigDecimal decimal(Random random) {
        BigInteger units = new BigInteger(random.nextInt(60), random);
        return new BigDecimal(units, random.nextInt(random.nextBoolean() ? 3 : 19));
    }

    private static Instant time(Random random) {
        int[] nanos = {
            0, random.nextInt(1_000) * 1_000_000, random.nextInt(1_000_000) * 1_000, random.nextInt(1_000_000_000)
        };
        return Instant.ofEpochSecond(
                random.nextLong(-62_135_596_800L, 253_402_300_800L), nanos[random.nextInt(nanos.length)]);
    }

    private static boolean rarely(Random random) {
        return random.nextInt(10) == 0;
    }

    private static String one(List<String> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
