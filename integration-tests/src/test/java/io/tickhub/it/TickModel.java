package io.tickhub.it;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import io.tickhub.model.TickCodec;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Says which records are ticks, and which ones, written a second time and in another way than the codec: strict UTF-8, trees of JSON, BigDecimal. Each
 * occurrence of a repeated field must be of the right kind, and the last one counts. Thread safe.
 */
final class TickModel {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final int MAX_LABEL = 256;
    private static final int MAX_TIME = 40;
    private static final int MAX_DECIMAL = 48;
    private static final int MAX_DIGITS = 18;
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private TickModel() {}

    /** The properties of an object, those of the same name too. */
    static final class Properties {

        private final Map<String, JsonNode> last = new HashMap<>();
        private boolean good = true;

        @JsonAnySetter
        void set(String name, JsonNode value) {
            last.put(name, value);
            good &= switch (name) {
                case "symbol", "timestamp" -> value.isNull() || value.isString();
                case "price", "volume" -> value.isNull() || value.isString() || value.isNumber();
                case "source", "id" -> value.isNull() || isLabel(value);
                default -> true;
            };
        }

        private static boolean isLabel(JsonNode value) {
            return (value.isNumber() && value.asString().length() <= MAX_LABEL)
                    || (value.isString()
                            && value.stringValue().length() <= MAX_LABEL
                            && StandardCharsets.UTF_8.newEncoder().canEncode(value.stringValue()));
        }
    }

    /** Whether the value of a record on the symbol's topic, arrived at that time, is a tick. */
    static boolean accepts(String symbol, byte[] value, Instant appended) {
        return read(symbol, value, appended).isPresent();
    }

    /** The tick that the value of a record is, if it is one; source and id stay empty where they are numbers, whose text a tree has lost. */
    static Optional<Tick> read(String symbol, byte[] value, Instant appended) {
        if (value == null || value.length > TickCodec.MAX_BYTES) {
            return Optional.empty();
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
            // A byte order mark is no part of the text.
            Properties tick = MAPPER.readValue(text.startsWith("\ufeff") ? text.substring(1) : text, Properties.class);
            return tick != null && tick.good && accepts(symbol, tick.last, appended)
                    ? Optional.of(tick(tick.last))
                    : Optional.empty();
        } catch (CharacterCodingException | JacksonException e) {
            return Optional.empty();
        }
    }

    private static boolean accepts(String symbol, Map<String, JsonNode> tick, Instant appended) {
        return List.of("symbol", "price", "volume", "timestamp").stream()
                        .allMatch(name ->
                                tick.containsKey(name) && !tick.get(name).isNull())
                && tick.get("symbol").stringValue().equals(symbol)
                && isDecimal(tick.get("price"), 1)
                && isDecimal(tick.get("volume"), 0)
                && isTime(tick.get("timestamp").stringValue(), appended);
    }

    private static Tick tick(Map<String, JsonNode> tick) {
        return new Tick(
                new Symbol(tick.get("symbol").stringValue()),
                decimal(tick.get("price")),
                decimal(tick.get("volume")),
                time(tick.get("timestamp").stringValue()),
                label(tick.get("source")),
                label(tick.get("id")));
    }

    private static BigDecimal decimal(JsonNode node) {
        BigDecimal value = node.isString() ? new BigDecimal(node.stringValue()) : node.decimalValue();
        return value.scale() < 0 ? value.setScale(0) : value;
    }

    private static String label(JsonNode node) {
        return node != null && node.isString() ? node.stringValue() : "";
    }

    private static Instant time(String text) {
        return text.endsWith("Z")
                ? Instant.parse(text)
                : OffsetDateTime.parse(text).toInstant();
    }

    private static boolean isDecimal(JsonNode node, int leastSign) {
        try {
            if (node.isString()
                    && (node.stringValue().length() > MAX_DECIMAL
                            || !StandardCharsets.US_ASCII.newEncoder().canEncode(node.stringValue()))) {
                return false;
            }
            BigDecimal value = node.isString() ? new BigDecimal(node.stringValue()) : node.decimalValue();
            return value.signum() >= leastSign
                    && value.scale() <= MAX_DIGITS
                    && (long) value.precision() - value.scale() <= MAX_DIGITS;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isTime(String text, Instant appended) {
        if (text.length() > MAX_TIME) {
            return false;
        }
        try {
            Instant time = time(text);
            return !time.isBefore(EARLIEST) && time.isBefore(END) && !time.isAfter(appended.plus(TickCodec.MAX_AHEAD));
        } catch (DateTimeException e) {
            return false;
        }
    }
}
