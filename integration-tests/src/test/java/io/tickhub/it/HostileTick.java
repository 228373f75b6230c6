package io.tickhub.it;

import static io.tickhub.model.DeadLetterReason.EMPTY;
import static io.tickhub.model.DeadLetterReason.FUTURE;
import static io.tickhub.model.DeadLetterReason.INVALID_FIELD;
import static io.tickhub.model.DeadLetterReason.MISSING_FIELD;
import static io.tickhub.model.DeadLetterReason.NOT_JSON;
import static io.tickhub.model.DeadLetterReason.OUT_OF_RANGE;
import static io.tickhub.model.DeadLetterReason.WRONG_SYMBOL;

import io.tickhub.model.DeadLetterReason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A value on the topic of {@code AAPL} that is no tick, and the reason why it is refused. Immutable. */
final class HostileTick {

    private static final int NEARLY_A_MEGABYTE = 1024 * 1024 - 200;
    private static final String GOOD =
            "{\"symbol\":\"AAPL\",\"price\":\"187.25\",\"volume\":\"3\",\"timestamp\":\"2026-01-05T14:30:00Z\",\"id\":\"7\"}";
    private static final List<String> REQUIRED = List.of("symbol", "price", "volume", "timestamp");

    private final byte[] value;
    private final DeadLetterReason reason;

    private HostileTick(byte[] value, DeadLetterReason reason) {
        this.value = value;
        this.reason = reason;
    }

    /** The bytes, null for a tombstone. */
    byte[] value() {
        return value;
    }

    DeadLetterReason reason() {
        return reason;
    }

    static List<HostileTick> all() {
        List<HostileTick> all = new ArrayList<>();
        all.add(new HostileTick(null, EMPTY));
        all.add(new HostileTick(new byte[0], EMPTY));
        all.add(new HostileTick(new byte[] {-1, -2, 0, 1}, NOT_JSON));
        all.add(new HostileTick(GOOD.replace("187", "\u00ff").getBytes(StandardCharsets.ISO_8859_1), NOT_JSON));
        all.add(new HostileTick(GOOD.getBytes(StandardCharsets.UTF_16), NOT_JSON));
        add(all, NOT_JSON, " ", "no JSON", "null", "42", "\"AAPL\"", "true", "[]", "[" + GOOD + "]", GOOD + GOOD);
        add(all, NOT_JSON, GOOD.substring(0, 40), "{\"price\":", "{\"price\":NaN}", "{\"price\":Infinity}");
        add(all, NOT_JSON, "[".repeat(60_000), "{\"a\":".repeat(10_000));
        add(all, OUT_OF_RANGE, "[".repeat(NEARLY_A_MEGABYTE), GOOD + " ".repeat(NEARLY_A_MEGABYTE - GOOD.length()));
        add(all, MISSING_FIELD, "{}", "{\"tick\":" + GOOD + "}");
        for (String field : REQUIRED) {
            add(all, MISSING_FIELD, GOOD.replace('"' + field + '"', "\"other\""), with(field, "null"));
            add(
                    all,
                    INVALID_FIELD,
                    with(field, "{}"),
                    with(field, "[\"1\"]"),
                    with(field, "true"),
                    with(field, "\"\""));
        }
        add(all, WRONG_SYMBOL, with("symbol", "\"MSFT\""), with("symbol", "\"aapl\""), with("symbol", "\"AAPL \""));
        add(all, INVALID_FIELD, with("symbol", '"' + "A".repeat(1_000) + '"'), with("symbol", "\"\\ud800\""));
        for (String field : List.of("price", "volume")) {
            add(all, OUT_OF_RANGE, with(field, "-1"), with(field, "\"-0.01\""));
            add(all, OUT_OF_RANGE, with(field, "1e400"), with(field, "\"1e400\""), with(field, "1e-400"));
            add(all, OUT_OF_RANGE, with(field, '"' + "9".repeat(10_000) + '"'));
            add(all, INVALID_FIELD, with(field, "\"NaN\""), with(field, "\"Infinity\""), with(field, "\"1,5\""));
            add(all, NOT_JSON, with(field, "NaN"), with(field, "0x10"), with(field, "9".repeat(10_000)));
        }
        add(all, OUT_OF_RANGE, with("price", "0"), with("price", "\"0.00\""));
        add(all, OUT_OF_RANGE, time("0000-12-31T23:59:59Z"), time("-0044-03-15T12:00:00Z"));
        add(all, OUT_OF_RANGE, time("+10000-01-01T00:00:00Z"), time("+999999999-12-31T23:59:59Z"));
        add(
                all,
                FUTURE,
                time("9999-12-31T23:59:59Z"),
                time(Instant.now().plus(Duration.ofHours(1)).toString()));
        add(all, INVALID_FIELD, time("yesterday"), time("2026-02-30T00:00:00Z"), with("timestamp", "1767623400"));
        return all;
    }

    private static void add(List<HostileTick> all, DeadLetterReason reason, String... values) {
        for (String value : values) {
            all.add(new HostileTick(value.getBytes(StandardCharsets.UTF_8), reason));
        }
    }

    private static String time(String text) {
        return with("timestamp", '"' + text + '"');
    }

    private static String with(String field, String json) {
        return GOOD.replaceFirst('"' + field + "\":\"[^\"]*\"", '"' + field + "\":" + json.replace("\\", "\\\\"));
    }

    /** Its beginning, for a message. */
    @Override
    public String toString() {
        if (value == null) {
            return reason + " tombstone";
        }
        String text = new String(value, StandardCharsets.UTF_8);
        return reason + " " + text.substring(0, Math.min(text.length(), 200));
    }
}
