package io.tickhub.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * Writes bars as {@link Json} does, byte for byte, in a tenth of the time: history read fast completes tens of thousands of them a second. Whatever needs an
 * escape is left to it. For one thread.
 */
final class BarWriter {

    private static final int CAPACITY = 640;

    private static final Ascii SYMBOL = new Ascii("{\"symbol\":\"");
    private static final Ascii TOPIC_ID = new Ascii(",\"topicId\":\"");
    private static final Ascii INTERVAL = new Ascii(",\"interval\":\"");
    private static final Ascii START = new Ascii(",\"start\":\"");
    private static final Ascii END = new Ascii(",\"end\":\"");
    private static final Ascii STATE = new Ascii(",\"state\":\"");
    private static final Ascii REVISION = new Ascii(",\"revision\":");
    private static final Ascii OPEN = new Ascii(",\"open\":\"");
    private static final Ascii HIGH = new Ascii(",\"high\":\"");
    private static final Ascii LOW = new Ascii(",\"low\":\"");
    private static final Ascii CLOSE = new Ascii(",\"close\":\"");
    private static final Ascii VOLUME = new Ascii(",\"volume\":\"");
    private static final Ascii VWAP = new Ascii(",\"vwap\":\"");
    private static final Ascii TURNOVER = new Ascii(",\"turnover\":\"");
    private static final Ascii COUNT = new Ascii(",\"count\":");
    private static final Ascii OPEN_TIME = new Ascii(",\"openTime\":\"");
    private static final Ascii CLOSE_TIME = new Ascii(",\"closeTime\":\"");
    private static final Ascii AS_OF = new Ascii(",\"asOf\":");

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

    private void string(Ascii name, String value) {
        if (value != null) {
            text.ascii(name).text(value, KNOWN).character('"');
        }
    }

    private void decimal(Ascii name, BigDecimal value) {
        if (value != null) {
            text.ascii(name).decimal(value).character('"');
        }
    }

    private void time(Ascii name, Instant value) {
        if (value != null) {
            text.ascii(name).time(value).character('"');
        }
    }

    private void number(Ascii name, long value) {
        text.ascii(name);
        if (value < 0) {
            text.text(Long.toString(value));
        } else {
            text.number(value);
        }
    }
}
