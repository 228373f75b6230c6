package io.tickhub.model;

import static io.tickhub.model.DeadLetterReason.EMPTY;
import static io.tickhub.model.DeadLetterReason.INVALID_FIELD;
import static io.tickhub.model.DeadLetterReason.MISSING_FIELD;
import static io.tickhub.model.DeadLetterReason.NOT_JSON;
import static io.tickhub.model.DeadLetterReason.OUT_OF_RANGE;
import static io.tickhub.model.DeadLetterReason.WRONG_SYMBOL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in a record, the codec says why it is no tick, shortly, and never throws. */
@Timeout(30)
class HostileTickTest {

    private static final Symbol SYMBOL = new Symbol("AAPL");
    private static final Instant ARRIVAL = Instant.parse("2026-11-20T14:30:01Z");
    private static final String GOOD =
            "{\"symbol\":\"AAPL\",\"price\":\"187.25\",\"volume\":\"300\",\"timestamp\":\"2026-11-20T14:30:00Z\","
                    + "\"source\":\"sim-1\",\"id\":\"981\"}";

    private final TickCodec codec = new TickCodec();

    @Test
    void nothingAtAll() {
        assertThat(reason((byte[]) null)).isEqualTo(EMPTY);
        assertThat(reason(new byte[0])).isEqualTo(EMPTY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "hello",
                "{",
                "}",
                "[]",
                "null",
                "true",
                "17",
                "\"text\"",
                "{\"symbol\":\"AAPL\"",
                "{\"symbol\"}",
                "{symbol:\"AAPL\"}",
                "{'symbol':'AAPL'}",
                "{\"price\":NaN}",
                "{\"price\":01}",
                "{\"price\":+1}",
                "{\"symbol\":\"AAPL\",}",
                "{}{}",
                "{\"symbol\":\"A\u0000\"}",
                "/* */{}",
                "[{\"symbol\":\"AAPL\"}]"
            })
    void whatIsNotOneJsonObject(String text) {
        assertThat(reason(text)).isEqualTo(NOT_JSON);
    }

    @Test
    void textAfterTheObject() {
        assertThat(reason(GOOD + " ")).isNull();
        assertThat(reason(GOOD + "\n")).isNull();
        assertThat(reason(GOOD + GOOD)).isEqualTo(NOT_JSON);
        assertThat(reason(GOOD + " x")).isEqualTo(NOT_JSON);
    }

    @Test
    void whatIsNotUtf8() {
        assertThat(reason(new byte[] {(byte) 0xff})).isEqualTo(NOT_JSON);
        assertThat(reason(new byte[] {0, 0, 0, 0})).isEqualTo(NOT_JSON);
        assertThat(reason(GOOD.replace("sim-1", "\u00ff").getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo(NOT_JSON);
        assertThat(reason(GOOD.replace("\"source\"", "\"\u00ff\"").getBytes(StandardCharsets.ISO_8859_1)))
                .as("in a field's name")
                .isEqualTo(NOT_JSON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTF-16",
                "UTF-16LE",
                "UTF-16BE",
                "UTF-32",
                "UTF-32LE",
                "UTF-32BE",
                "x-UTF-16LE-BOM",
                "X-UTF-32LE-BOM"
            })
    void otherEncodingsOfUnicode(String charset) {
        assertThat(reason(GOOD.getBytes(Charset.forName(charset)))).isEqualTo(NOT_JSON);
    }

    @Test
    void deepNesting() {
        assertThat(reason("[".repeat(60_000))).isEqualTo(NOT_JSON);
        assertThat(reason("{\"a\":".repeat(12_000))).isEqualTo(NOT_JSON);
        assertThat(reason(GOOD.replace("{\"symbol\"", "{\"x\":" + "[".repeat(60_000) + ",\"symbol\"")))
                .isEqualTo(NOT_JSON);
    }

    @Test
    void tooManyBytesForATick() {
        assertThat(reason("[".repeat(1 << 20))).isEqualTo(OUT_OF_RANGE);
        assertThat(reason(GOOD + " ".repeat(TickCodec.MAX_BYTES - GOOD.length())))
                .isNull();
        assertThat(reason(GOOD + " ".repeat(TickCodec.MAX_BYTES - GOOD.length() + 1)))
                .isEqualTo(OUT_OF_RANGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"symbol", "price", "volume", "timestamp"})
    void aMissingNullOrStructuredField(String name) {
        assertThat(reason(GOOD.replace('"' + name + '"', "\"other\""))).isEqualTo(MISSING_FIELD);
        assertThat(reason(with(name, "null"))).isEqualTo(MISSING_FIELD);
        assertThat(reason(with(name, "{\"a\":1}"))).isEqualTo(INVALID_FIELD);
        assertThat(reason(with(name, "[1]"))).isEqualTo(INVALID_FIELD);
        assertThat(reason(with(name, "true"))).isEqualTo(INVALID_FIELD);
        assertThat(reason(with(name, "\"\""))).isEqualTo(INVALID_FIELD);
    }

    @ParameterizedTest
    @CsvSource({
        "0, OUT_OF_RANGE",
        "0.00, OUT_OF_RANGE",
        "-1, OUT_OF_RANGE",
        "-0, OUT_OF_RANGE",
        "NaN, INVALID_FIELD",
        "Infinity, INVALID_FIELD",
        "abc, INVALID_FIELD",
        "1e400, OUT_OF_RANGE",
        "1e-400, OUT_OF_RANGE",
        "1e2147483647, OUT_OF_RANGE",
        "1e99999999999, INVALID_FIELD",
        "1000000000000000000, OUT_OF_RANGE",
        "0.0000000000000000001, OUT_OF_RANGE",
    })
    void pricesOutOfRange(String price, DeadLetterReason reason) {
        assertThat(reason(with("price", '"' + price + '"'))).isEqualTo(reason);
    }

    @Test
    void numbersOutOfRange() {
        assertThat(reason(with("price", "1e400"))).isEqualTo(OUT_OF_RANGE);
        assertThat(reason(with("price", "-1"))).isEqualTo(OUT_OF_RANGE);
        assertThat(reason(with("price", '"' + "9".repeat(10_000) + '"'))).isEqualTo(OUT_OF_RANGE);
        assertThat(reason(with("price", "9".repeat(10_000)))).isIn(OUT_OF_RANGE, NOT_JSON);
        assertThat(reason(with("volume", "\"-0.1\""))).isEqualTo(OUT_OF_RANGE);
        assertThat(reason(with("volume", "\"0\""))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "0000-01-01T00:00:00Z, OUT_OF_RANGE",
        "-0001-01-01T00:00:00Z, OUT_OF_RANGE",
        "0001-01-01T00:00:00+09:00, OUT_OF_RANGE",
        "9999-12-31T23:59:59Z, FUTURE",
        "9999-12-31T23:59:59-09:00, OUT_OF_RANGE",
        "+10000-01-01T00:00:00Z, OUT_OF_RANGE",
        "+1000000000-12-31T23:59:59Z, OUT_OF_RANGE",
        "+1000000001-12-31T23:59:59Z, INVALID_FIELD",
        "2026-13-01T00:00:00Z, INVALID_FIELD",
        "2026-02-30T00:00:00Z, INVALID_FIELD",
        "2026-11-20, INVALID_FIELD",
        "2026-11-20T14:30:00, INVALID_FIELD",
        "1763649000, INVALID_FIELD",
        "Z, INVALID_FIELD",
    })
    void timesOutOfRange(String time, DeadLetterReason reason) {
        assertThat(reason(with("timestamp", '"' + time + '"'))).isEqualTo(reason);
    }

    @Test
    void wrongSymbols() {
        assertThat(reason(with("symbol", "\"MSFT\""))).isEqualTo(WRONG_SYMBOL);
        assertThat(reason(with("symbol", "\"aapl\""))).isEqualTo(WRONG_SYMBOL);
        assertThat(reason(with("symbol", '"' + "A".repeat(1_000) + '"'))).isEqualTo(INVALID_FIELD);
        assertThat(reason(with("symbol", "\"\\ud800\""))).isEqualTo(INVALID_FIELD);
        assertThat(reason(with("symbol", "\"A\\u0000\""))).isEqualTo(INVALID_FIELD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"source", "id"})
    void labels(String name) {
        assertThat(reason(with(name, "null"))).isNull();
        assertThat(reason(with(name, "17"))).isNull();
        assertThat(reason(with(name, "{}"))).isEqualTo(INVALID_FIELD);
        assertThat(reason(with(name, '"' + "x".repeat(257) + '"'))).isEqualTo(OUT_OF_RANGE);
        assertThat(reason(with(name, "\"\\ud800\""))).isEqualTo(INVALID_FIELD);
    }

    @Test
    void whatIsAcceptedCanBeWrittenAgain() {
        Random random = new Random(5);
        int accepted = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = mutated(random);
            boolean good =
                    switch (codec.decode(SYMBOL, bytes, ARRIVAL)) {
                        case Decoded.Valid valid -> {
                            accepted++;
                            yield codec.decode(SYMBOL, codec.encode(valid.tick()), ARRIVAL)
                                    .equals(valid);
                        }
                        case Decoded.Malformed malformed ->
                            !malformed.detail().isBlank() && malformed.detail().length() <= 256;
                    };
            if (!good) {
                fail("not accounted for as it should be: " + new String(bytes, StandardCharsets.UTF_8));
            }
        }
        assertThat(accepted).isBetween(1_000, 99_000);
    }

    @ParameterizedTest
    @EnumSource(
            names = {"EMPTY", "NOT_JSON", "MISSING_FIELD", "INVALID_FIELD", "OUT_OF_RANGE", "WRONG_SYMBOL", "FUTURE"})
    void everyReasonOfATickIsReached(DeadLetterReason reason) {
        byte[][] examples = {
            new byte[0],
            bytes("x"),
            bytes("{}"),
            bytes(with("price", "\"x\"")),
            bytes(with("price", "\"0\"")),
            bytes(with("symbol", "\"MSFT\"")),
            bytes(with("timestamp", "\"2027-01-01T00:00:00Z\""))
        };
        assertThat(Arrays.stream(examples).map(this::reason)).contains(reason);
    }

    private static byte[] mutated(Random random) {
        byte[] bytes = bytes(GOOD);
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = (byte) "{}[]\",:.0e+-9Z\\".charAt(random.nextInt(15));
                case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                default -> {
                    int from = random.nextInt(bytes.length);
                    System.arraycopy(bytes.clone(), from, bytes, at, Math.min(4, bytes.length - Math.max(from, at)));
                }
            }
        }
        return bytes;
    }

    /** The good tick with another value in one field. */
    private static String with(String name, String json) {
        return GOOD.replaceFirst("\"" + name + "\":\"[^\"]*\"", "\"" + name + "\":" + Matcher.quoteReplacement(json));
    }

    private DeadLetterReason reason(String text) {
        return reason(bytes(text));
    }

    /** Why the bytes are no tick, null if they are one. */
    private DeadLetterReason reason(byte[] bytes) {
        return switch (codec.decode(SYMBOL, bytes, ARRIVAL)) {
            case Decoded.Valid valid -> null;
            case Decoded.Malformed malformed -> malformed.reason();
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
