package io.tickhub.client;

import io.tickhub.model.Covers;
import io.tickhub.model.FeedEvent;
import io.tickhub.model.Headers;
import io.tickhub.model.Json;
import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import io.tickhub.model.TickCodec;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Feed records as a hub writes them. */
final class FeedRecords {

    static final Symbol AAPL = new Symbol("AAPL");
    static final Symbol BTC = new Symbol("BTC-USD");
    static final Tick TICK = new Tick(
            AAPL,
            new BigDecimal("187.25"),
            new BigDecimal("300"),
            Instant.parse("2026-11-20T14:30:00.123456Z"),
            "",
            "");

    /** One command has subscribed both: they share the subscription's id. */
    static final RangeId A = new RangeId("0-7", AAPL);

    static final RangeId B = new RangeId("0-7", BTC);

    private FeedRecords() {}

    static FeedRecord tick(RangeId range, long from, long to) {
        return tick(range, from, to, to - 1);
    }

    static FeedRecord tick(RangeId range, long from, long to, long offset) {
        return new FeedRecord.Ticked(range, new Covers(from, to), offset, TICK);
    }

    static FeedRecord skipped(RangeId range, long from, long to) {
        return new FeedRecord.Skipped(range, new Covers(from, to));
    }

    static FeedRecord gap(RangeId range, long from, long to) {
        return new FeedRecord.Gap(range, new Covers(from, to), "deleted by retention");
    }

    static FeedRecord ended(RangeId range, long at) {
        return new FeedRecord.Ended(range, new Covers(at, at), "the topic is gone");
    }

    /** A tick of AAPL in the feed, the last one of its range. */
    static ConsumerRecord<byte[], byte[]> tickRecord(
            String feed, long offset, String subscription, long from, long to) {
        ConsumerRecord<byte[], byte[]> feedRecord =
                record(feed, offset, subscription, from + "-" + to, new TickCodec().encode(TICK));
        feedRecord.headers().add(Headers.OFFSET, utf8(Long.toString(to - 1)));
        return feedRecord;
    }

    static ConsumerRecord<byte[], byte[]> eventRecord(
            String feed, long offset, String subscription, FeedEvent.Kind kind, long from, long to) {
        byte[] value = Json.write(new FeedEvent(AAPL, subscription, from, to, "because", Optional.empty()));
        ConsumerRecord<byte[], byte[]> feedRecord = record(feed, offset, subscription, from + "-" + to, value);
        feedRecord.headers().add(Headers.EVENT, utf8(kind.name()));
        return feedRecord;
    }

    static ConsumerRecord<byte[], byte[]> record(
            String feed, long offset, String subscription, String covers, byte[] value) {
        ConsumerRecord<byte[], byte[]> feedRecord = new ConsumerRecord<>(feed, 0, offset, AAPL.toBytes(), value);
        feedRecord.headers().add(Headers.SUBSCRIPTION, utf8(subscription)).add(Headers.COVERS, utf8(covers));
        return feedRecord;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
