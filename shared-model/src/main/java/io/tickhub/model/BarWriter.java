package io.tickhub.model;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * Writes bars as {@link Json} does, byte for byte, in a tenth of the time: history read fast completes tens of thousands of them a second. Whatever needs an
 * escape is left to it. For one thread.
 */
final class BarWriter {

    private static final int CAPACITY = 640;

    private static final byte[] SYMBOL = ascii("{\"symbol\":\"");
    private static final byte[] TOPIC_ID = ascii(",\"topicId\":\"");
    private static final byte[] INTERVAL = ascii(",\"interval\":\"");
    private static final byte[] START = ascii(",\"start\":\"");
    private static final byte[] END = ascii(",\"end\":\"");
    private static final byte[] STATE = ascii(",\"state\":\"");
    private static final byte[] REVISION = ascii(",\"revision\":");
    private static final byte[] OPEN = ascii(",\"open\":\"");
    private static final byte[] HIGH = ascii(",\"high\":\"");
    private static final byte[] LOW = ascii(",\"low\":\"");
    private static final byte[] CLOSE = ascii(",\"close\":\"");
    private static final byte[] VOLUME = ascii(",\"volume\":\"");
    private static final byte[] VWAP = ascii(",\"vwap\":\"");
    private static final byte[] TURNOVER = ascii(",\"turnover\":\"");
    private static final byte[] COUNT = ascii(",\"count\":");
    private static final byte[] OPEN_TIME = ascii(",\"openTime\":\"");
    private static final byte[] CLOSE_TIME = ascii(",\"closeTime\":\"");
    private static final byte[] AS_OF = ascii(",\"asOf\":");

    private static final KnownBytes KNOWN = new KnownBytes();

    private final PlainWriter text = new PlainWriter(CAPACITY);

    private BarWriter() {}

    /** The bar as JSON, if that needs no escapes. */
    static Optional<byte[]> write(Bar bar) {
        BarWriter writer = new BarWriter();
        writer.fields(bar);
        return writer.text.isPlain() ? Optional.of(writer.text.toBytes()) : Optional.empty();
    }

    private void fields(Bar bar) {
        string(SYMBOL, bar.symbol().name());
        string(TOPIC_ID, bar.topicId());
        string(INTERVAL, bar.interval().text());
        time(START, bar.start());
        time(END, bar.end());
        string(STATE, bar.state().name());
        number(REVISION, bar.revision());
        decimal(OPEN, bar.open());
        decimal(HIGH, bar.high());
        decimal(LOW, bar.low());
        decimal(CLOSE, bar.close());
        decimal(VOLUME, bar.volume());
        decimal(VWAP, bar.vwap());
        decimal(TURNOVER, bar.turnover());
        number(COUNT, bar.count());
        time(OPEN_TIME, bar.openTime());
        time(CLOSE_TIME, bar.closeTime());
        number(AS_OF, bar.asOf());
        text.character('}');
    }

    private void string(byte[] name, String value) {
        if (value != null) {
            text.ascii(name).text(value, KNOWN).character('"');
        }
    }

    private void decimal(byte[] name, BigDecimal value) {
        if (value != null) {
            text.ascii(name).decimal(value).character('"');
        }
    }

    private void time(byte[] name, Instant value) {
        if (value != null) {
            text.ascii(name).time(value).character('"');
        }
    }

    private void number(byte[] name, long value) {
        text.ascii(name);
        if (value < 0) {
            text.text(Long.toString(value));
        } else {
            text.number(value);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
