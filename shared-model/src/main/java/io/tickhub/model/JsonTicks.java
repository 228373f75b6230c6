package io.tickhub.model;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Ticks in whatever JSON they are written. It streams over the bytes without building a tree; unknown fields are skipped, so that fields
 * can be added. Thread safe.
 */
final class JsonTicks {

    /** The longest source or id. */
    static final int MAX_LABEL_CHARACTERS = 256;

    private static final int MAX_TIMESTAMP_CHARACTERS = 40;

    private final JsonFactory factory = new JsonFactory();

    /** The tick as one JSON object in UTF-8, decimals in plain notation. */
    byte[] write(Tick tick) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(160);
        try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeStringProperty("symbol", tick.symbol().name());
            json.writeStringProperty("price", tick.price().toPlainString());
            json.writeStringProperty("volume", tick.volume().toPlainString());
            json.writeStringProperty("timestamp", tick.timestamp().toString());
            if (!tick.source().isEmpty()) {
                json.writeStringProperty("source", tick.source());
            }
            if (!tick.id().isEmpty()) {
                json.writeStringProperty("id", tick.id());
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /** Reads a tick; whose it is and when it came is for the caller to look at. */
    Decoded read(byte[] value) {
        if ((value.length > 1 && (value[0] == 0 || value[1] == 0)) || !Unicode.isUtf8(value)) {
            // Jackson would guess UTF-16 or UTF-32 from a zero byte, and takes any bytes in the name of a field.
            return new Decoded.Malformed(DeadLetterReason.NOT_JSON, "not UTF-8");
        }
        try (JsonParser json = factory.createParser(ObjectReadContext.empty(), value)) {
            return new Decoded.Valid(readTick(json));
        } catch (MalformedTick e) {
            return new Decoded.Malformed(e.reason, e.getMessage());
        } catch (JacksonException e) {
            return new Decoded.Malformed(DeadLetterReason.NOT_JSON, bounded(e.getOriginalMessage()));
        }
    }

    private static Tick readTick(JsonParser json) throws MalformedTick {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new MalformedTick(DeadLetterReason.NOT_JSON, "a tick is a JSON object");
        }
        String symbol = null;
        String price = null;
        String volume = null;
        String timestamp = null;
        String source = "";
        String id = "";
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "symbol" -> symbol = text(json, name);
                case "price" -> price = number(json, name);
                case "volume" -> volume = number(json, name);
                case "timestamp" -> timestamp = text(json, name);
                case "source" -> source = label(json, name);
                case "id" -> id = label(json, name);
                default -> json.skipChildren();
            }
        }
        if (json.nextToken() != null) {
            throw new MalformedTick(DeadLetterReason.NOT_JSON, "text after the JSON object");
        }
        return tick(
                require(symbol, "symbol"),
                require(price, "price"),
                require(volume, "volume"),
                require(timestamp, "timestamp"),
                source,
                id);
    }

    private static Tick tick(String symbol, String price, String volume, String timestamp, String source, String id)
            throws MalformedTick {
        Symbol parsedSymbol;
        try {
            parsedSymbol = new Symbol(symbol);
        } catch (IllegalArgumentException e) {
            throw new MalformedTick(DeadLetterReason.INVALID_FIELD, "symbol: " + e.getMessage());
        }
        BigDecimal parsedPrice = decimal(price, "price");
        BigDecimal parsedVolume = decimal(volume, "volume");
        Instant parsedTime = instant(timestamp);
        try {
            return new Tick(parsedSymbol, parsedPrice, parsedVolume, parsedTime, source, id);
        } catch (IllegalArgumentException e) {
            throw new MalformedTick(DeadLetterReason.OUT_OF_RANGE, e.getMessage());
        }
    }

    private static String require(String value, String name) throws MalformedTick {
        if (value == null) {
            throw new MalformedTick(DeadLetterReason.MISSING_FIELD, name + " is missing or null");
        }
        return value;
    }

    private static String text(JsonParser json, String name) throws MalformedTick {
        return switch (json.currentToken()) {
            case VALUE_STRING -> json.getString();
            case VALUE_NULL -> null;
            default -> throw new MalformedTick(DeadLetterReason.INVALID_FIELD, name + " must be a string");
        };
    }

    private static String number(JsonParser json, String name) throws MalformedTick {
        return switch (json.currentToken()) {
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getString();
            case VALUE_NULL -> null;
            default ->
                throw new MalformedTick(
                        DeadLetterReason.INVALID_FIELD, name + " must be a decimal, as string or number");
        };
    }

    private static String label(JsonParser json, String name) throws MalformedTick {
        String value = number(json, name);
        if (value != null && value.length() > MAX_LABEL_CHARACTERS) {
            throw new MalformedTick(
                    DeadLetterReason.OUT_OF_RANGE, name + " has more than " + MAX_LABEL_CHARACTERS + " characters");
        }
        if (value != null && !Unicode.isValid(value)) {
            throw new MalformedTick(DeadLetterReason.INVALID_FIELD, name + " must be valid Unicode");
        }
        return value == null ? "" : value;
    }

    private static BigDecimal decimal(String text, String name) throws MalformedTick {
        try {
            return Decimals.parse(text);
        } catch (IllegalArgumentException e) {
            boolean unreadable = e.getCause() instanceof NumberFormatException;
            throw new MalformedTick(
                    unreadable ? DeadLetterReason.INVALID_FIELD : DeadLetterReason.OUT_OF_RANGE,
                    name + " " + e.getMessage());
        }
    }

    private static Instant instant(String text) throws MalformedTick {
        if (text.length() <= MAX_TIMESTAMP_CHARACTERS) {
            try {
                return Timestamps.parse(text);
            } catch (DateTimeException e) {
                // Told below, without the text of the exception, which repeats the input.
            }
        }
        throw new MalformedTick(
                DeadLetterReason.INVALID_FIELD, "timestamp must be an ISO-8601 time such as 2026-11-20T14:30:00.123Z");
    }

    private static String bounded(String message) {
        String line = message == null ? "not JSON" : message.lines().findFirst().orElse("not JSON");
        return line.length() <= MAX_LABEL_CHARACTERS ? line : line.substring(0, MAX_LABEL_CHARACTERS);
    }

    /** Leaves the parser at the first fault; holds no stack trace, since a flood of bad ticks must stay cheap. */
    private static final class MalformedTick extends Exception {

        private static final long serialVersionUID = 1L;

        private final DeadLetterReason reason;

        MalformedTick(DeadLetterReason reason, String message) {
            super(message, null, false, false);
            this.reason = reason;
        }
    }
}
