package io.tickhub.model;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * Ticks in the form in which nearly all of them are written: the fields in their usual order, without blanks, escapes and exponents. They are
 * read byte by byte and written eight bytes at a time, several times faster than JSON in general. Whatever else a tick may look like, right or wrong, is for
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
    private static final Ascii TO_VOLUME = new Ascii("\",\"volume\":\"");
    private static final Ascii TO_TIMESTAMP = new Ascii("\",\"timestamp\":\"");
    private static final Ascii TO_ID = new Ascii("\",\"id\":\"");
    private static final Ascii END = new Ascii("\"}");

    private static final int CAPACITY = 256;

    private final KnownTexts sources = new KnownTexts();
    private final KnownBytes writtenSymbols = new KnownBytes("{\"symbol\":\"", "\",\"price\":\"");
    private final KnownBytes writtenSources = new KnownBytes("\",\"source\":\"", "");
    /** Each thread's, so that only the bytes of a tick are made anew. */
    private final ThreadLocal<PlainWriter> writers = ThreadLocal.withInitial(() -> new PlainWriter(CAPACITY));

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
        PlainWriter text = writers.get().clear();
        text.text(tick.symbol().name(), writtenSymbols).decimal(tick.price());
        text.ascii(TO_VOLUME).decimal(tick.volume());
        text.ascii(TO_TIMESTAMP).time(tick.timestamp());
        if (!tick.source().isEmpty()) {
            text.text(tick.source(), writtenSources);
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

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
