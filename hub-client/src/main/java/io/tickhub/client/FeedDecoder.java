package io.tickhub.client;

import io.tickhub.model.Covers;
import io.tickhub.model.Decoded;
import io.tickhub.model.FeedEvent;
import io.tickhub.model.Headers;
import io.tickhub.model.Json;
import io.tickhub.model.Symbol;
import io.tickhub.model.TickCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import tools.jackson.core.JacksonException;

/**
 * Feed records from their bytes. A record that no hub can have written is dropped; if it stood for offsets, the next record shows
 * the hole. Thread safe.
 */
final class FeedDecoder {

    /** The hub has judged the event time already, against the append time on the symbol's own topic. */
    private static final Instant ANY_TIME = Instant.parse("+10000-01-01T00:00:00Z");

    private final TickCodec ticks = new TickCodec();

    /** @return empty if the record is none that a hub writes, or of a kind that is not known here */
    Optional<FeedRecord> decode(ConsumerRecord<byte[], byte[]> feedRecord) {
        Optional<String> subscription = header(feedRecord, Headers.SUBSCRIPTION);
        Optional<String> covers = header(feedRecord, Headers.COVERS);
        if (subscription.isEmpty() || covers.isEmpty() || feedRecord.key() == null || feedRecord.value() == null) {
            return Optional.empty();
        }
        try {
            Symbol symbol = new Symbol(new String(feedRecord.key(), StandardCharsets.UTF_8));
            RangeId range = new RangeId(subscription.get(), symbol);
            Covers offsets = Covers.parse(covers.get());
            Optional<String> event = header(feedRecord, Headers.EVENT);
            return event.isPresent()
                    ? Optional.of(event(FeedEvent.Kind.valueOf(event.get()), range, offsets, feedRecord.value()))
                    : tick(range, offsets, feedRecord);
        } catch (IllegalArgumentException | JacksonException e) {
            return Optional.empty();
        }
    }

    private Optional<FeedRecord> tick(RangeId range, Covers covers, ConsumerRecord<byte[], byte[]> feedRecord) {
        long offset = Long.parseLong(header(feedRecord, Headers.OFFSET).orElse(""));
        if (offset < covers.from() || offset >= covers.to()) {
            return Optional.empty();
        }
        return switch (ticks.decode(range.symbol(), feedRecord.value(), ANY_TIME)) {
            case Decoded.Valid valid -> Optional.of(new FeedRecord.Ticked(range, covers, offset, valid.tick()));
            case Decoded.Malformed malformed -> Optional.empty();
        };
    }

    private static FeedRecord event(FeedEvent.Kind kind, RangeId range, Covers covers, byte[] value) {
        FeedEvent event = Json.read(value, FeedEvent.class);
        String detail = event.detail() == null ? "" : event.detail();
        return switch (kind) {
            case GAP -> new FeedRecord.Gap(range, covers, detail);
            case SKIPPED -> new FeedRecord.Skipped(range, covers);
            case BEGUN -> new FeedRecord.Begun(range, covers);
            case STALE -> new FeedRecord.Stale(range, covers, event.owner().orElse(""), detail);
            case RECOVERED ->
                new FeedRecord.Recovered(range, covers, event.owner().orElse(""));
            case ENDED -> new FeedRecord.Ended(range, covers, detail);
        };
    }

    private static Optional<String> header(ConsumerRecord<byte[], byte[]> feedRecord, String name) {
        Header header = feedRecord.headers().lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }
}
