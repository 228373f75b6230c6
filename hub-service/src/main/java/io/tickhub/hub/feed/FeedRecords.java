package io.tickhub.hub.feed;

import io.tickhub.hub.trace.TraceParent;
import io.tickhub.model.Covers;
import io.tickhub.model.FeedEvent;
import io.tickhub.model.Headers;
import io.tickhub.model.Json;
import io.tickhub.model.Subscription;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Makes the records of one subscription: ticks with their original bytes, and events. Every record says which offsets it covers. Key and id are encoded
 * once; records share their bytes. Immutable.
 */
final class FeedRecords {

    private final Subscription subscription;
    private final byte[] key;
    private final Header id;

    FeedRecords(Subscription subscription) {
        this.subscription = subscription;
        this.key = subscription.symbol().toBytes();
        this.id = header(Headers.SUBSCRIPTION, subscription.id());
    }

    ProducerRecord<byte[], byte[]> tick(ConsumerRecord<byte[], byte[]> tick, Covers covers) {
        Header range = covers(covers);
        Header offset = header(Headers.OFFSET, Long.toString(tick.offset()));
        Optional<Header> trace = TraceParent.of(tick.headers());
        return record(
                tick.value(), trace.isPresent() ? List.of(range, id, offset, trace.get()) : List.of(range, id, offset));
    }

    ProducerRecord<byte[], byte[]> event(FeedEvent.Kind kind, Covers covers, String detail, Optional<String> owner) {
        FeedEvent event =
                new FeedEvent(subscription.symbol(), subscription.id(), covers.from(), covers.to(), detail, owner);
        return record(Json.write(event), List.of(covers(covers), id, header(Headers.EVENT, kind.name())));
    }

    private ProducerRecord<byte[], byte[]> record(byte[] value, List<Header> headers) {
        return new ProducerRecord<>(subscription.feed(), 0, key, value, headers);
    }

    private static Header covers(Covers covers) {
        return new RecordHeader(Headers.COVERS, covers.toBytes());
    }

    private static Header header(String name, String text) {
        return new RecordHeader(name, text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
