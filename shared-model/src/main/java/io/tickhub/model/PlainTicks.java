package io.tickhub.model;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * Ticks in the form in which nearly all of them are written: the fields in their usual order, without blanks, escapes and exponents. They are
 * read and written byte by byte, several times faster than JSON in general. Whatever else a tick may look like, right or wrong, is for
 * {@link JsonTicks}. Thread safe.
 */
final class PlainTicks {

    private static final byte[] SYMBOL = ascii("{\"symbol\":\"");
    private static final byte[] PRICE = ascii("\",\"price\":");
    private static final byte[] VOLUME = ascii(",\"volume\":");
    private static final byte[] TIMESTAMP = ascii(",\"timestamp\":\"");
    private static final byte[] SOURCE = ascii(",\"source\":\"");
    private static final byte[] ID = ascii(",\"id\":\"");

    // What is written between two texts, which all values are.
    private static final byte[] TO_PRICE = ascii("\",\"price\":\"");
    private static final byte[] TO_VOLUME = ascii("\",\"volume\":\"");
    private static final byte[] TO_TIMESTAMP = ascii("\",\"timestamp\":\"");
    private static final byte[] TO_SOURCE = ascii("\",\"source\":\"");
    private static final byte[] TO_ID = ascii("\",\"id\":\"");
    private static final byte[] END = ascii("\"}");

    /** Bytes of what stands around the texts, of a usual price and volume, and of the time. */
    private static final int CAPACITY = 130;

    private final KnownTexts sources = new KnownTexts();
    private final KnownBytes texts = new KnownBytes();

    /** The tick, if the bytes are one of this symbol in the usual form; nothing is said about what they are otherwise. */
    Optional<Tick> read(Symbol symbol, byte[] bytes) {
        PlainText text = new PlainText(bytes);
        text.expect(SYMBOL);
        text.expect(symbol.name());
        text.expect(PRICE);
        if (!text.isPlain()) {
            return Optional.empty();
        }
        BigDecimal price = decimal(text);
        text.expect(VOLUME);
        BigDecimal volume = decimal(text);
        text.expect(TIMESTAMP);
        Instant time = Timestamps.read(text);
        text.expect('"');
        if (!text.isPlain()) {
            return Optional.empty();
        }
        String source = text.skip(SOURCE) ? text.quoted(JsonTicks.MAX_LABEL_CHARACTERS, sources) : "";
        String id = text.skip(ID) ? text.quoted(JsonTicks.MAX_LABEL_CHARACTERS) : "";
        text.expect('}');
        return text.isPlainToTheEnd() && price.signum() > 0 && Tick.isInRange(time)
                ? Optional.of(new Tick(symbol, price, volume, time, source, id))
                : Optional.empty();
    }

    /** The tick as JSON, if that has this form. */
    Optional<byte[]> write(Tick tick) {
        PlainWriter text = new PlainWriter(CAPACITY + lengthOfTexts(tick));
        text.ascii(SYMBOL).text(tick.symbol().name(), texts);
        text.ascii(TO_PRICE).decimal(tick.price());
        text.ascii(TO_VOLUME).decimal(tick.volume());
        text.ascii(TO_TIMESTAMP).time(tick.timestamp());
        if (!tick.source().isEmpty()) {
            text.ascii(TO_SOURCE).text(tick.source(), texts);
        }
        if (!tick.id().isEmpty()) {
            text.ascii(TO_ID).text(tick.id());
        }
        text.ascii(END);
        return text.isPlain() ? Optional.of(text.toBytes()) : Optional.empty();
    }

    /** Prices and volumes come as strings or as numbers. */
    private static BigDecimal decimal(PlainText text) {
        boolean isQuoted = text.skip('"');
        BigDecimal value = text.decimal();
        if (isQuoted) {
            text.expect('"');
        }
        return value;
    }

    private static int lengthOfTexts(Tick tick) {
        return tick.symbol().name().length()
                + tick.source().length()
                + tick.id().length();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
