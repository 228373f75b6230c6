package io.tickhub.hub.feed;

import io.tickhub.hub.trace.TraceParent;
import io.tickhub.model.Covers;
import io.tickhub.model.FeedEvent;
import io.tickhub.model.Headers;
import io.tickhub.model.Json;
import io.tickhub.model.Subscription;
import io.tickhub.runtime.worker.Transaction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Writes the records of feeds: ticks with their original bytes, and events. Every record says which offsets it covers. */
final class FeedRecords {

    private static final int MOST_HEADERS = 4;

    private FeedRecords() {}

    static void tick(
            Transaction transaction, Subscription subscription, ConsumerRecord<byte[], byte[]> tick, Covers covers) {
        List<Header> headers = headers(subscription, covers);
        headers.add(
                new RecordHeader(Headers.OFFSET, Long.toString(tick.offset()).getBytes(StandardCharsets.ISO_8859_1)));
        TraceParent.of(tick.headers()).ifPresent(headers::add);
        transaction.send(new ProducerRecord<>(
                subscription.feed(), 0, subscription.symbol().toBytes(), tick.value(), headers));
    }

    static ProducerRecord<byte[], byte[]> event(
            Subscription subscription, FeedEvent.Kind kind, Covers covers, String detail, Optional<String> owner) {
        List<Header> headers = headers(subscription, covers);
        headers.add(new RecordHeader(Headers.EVENT, kind.name().getBytes(StandardCharsets.UTF_8)));
        FeedEvent event =
                new FeedEvent(subscription.symbol(), subscription.id(), covers.from(), covers.to(), detail, owner);
        return new ProducerRecord<>(
                subscription.feed(), 0, subscription.symbol().toBytes(), Json.write(event), headers);
    }

    /** Those of every record, and room for more. */
    private static List<Header> headers(Subscription subscription, Covers covers) {
        List<Header> headers = new ArrayList<>(MOST_HEADERS);
        headers.add(new RecordHeader(Headers.COVERS, covers.toString().getBytes(StandardCharsets.ISO_8859_1)));
        headers.add(new RecordHeader(Headers.SUBSCRIPTION, subscription.id().getBytes(StandardCharsets.ISO_8859_1)));
        return headers;
    }
}
