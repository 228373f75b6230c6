package io.tickhub.gateway.tape;

import io.tickhub.client.MarketEvent;
import io.tickhub.model.Covers;
import io.tickhub.model.Json;
import io.tickhub.model.Symbol;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** What browsers are told of the feed's events. No state. */
public final class Messages {

    private record TickMessage(Symbol symbol, long offset, BigDecimal price, BigDecimal volume, Instant timestamp) {}

    private record NoticeMessage(Symbol symbol, Notice notice, long from, long to, String detail) {}

    /** What can be said of a symbol. */
    public enum Notice {
        /** Its ticks stand still. */
        STALE,
        /** They go on. */
        RECOVERED,
        /** These offsets are missing. */
        GAP,
        /** Its ticks begin here. */
        BEGUN,
        /** No more ticks follow. */
        ENDED
    }

    /**
     * An event as it is sent.
     *
     * @param kind what it is
     * @param json the message
     */
    public record Message(TapeItem.Kind kind, String json) {}

    private Messages() {}

    /** The message for an event; empty where there is nothing to tell. */
    public static Optional<Message> of(MarketEvent event) {
        return switch (event) {
            case MarketEvent.FeedTick tick ->
                Optional.of(new Message(
                        TapeItem.Kind.TICK,
                        Json.writeLine(new TickMessage(
                                tick.symbol(), tick.offset(), tick.price(), tick.volume(), tick.timestamp()))));
            case MarketEvent.Skipped skipped -> Optional.empty();
            case MarketEvent.Gap gap -> notice(gap, Notice.GAP, gap.detail());
            case MarketEvent.Hole hole -> notice(hole, Notice.GAP, "missing from the gateway's feed");
            case MarketEvent.Begun begun -> notice(begun, Notice.BEGUN, "the symbol's ticks begin here");
            case MarketEvent.Stale stale -> notice(stale, Notice.STALE, stale.detail());
            case MarketEvent.Recovered recovered -> notice(recovered, Notice.RECOVERED, "the symbol's ticks go on");
            case MarketEvent.Ended ended -> notice(ended, Notice.ENDED, ended.detail());
        };
    }

    private static Optional<Message> notice(MarketEvent event, Notice notice, String detail) {
        Covers covers = event.covers();
        return Optional.of(new Message(
                TapeItem.Kind.NOTICE,
                Json.writeLine(new NoticeMessage(event.symbol(), notice, covers.from(), covers.to(), detail))));
    }
}
