package io.tickhub.drill.proof;

import io.tickhub.drill.proof.Tape.Entry;
import io.tickhub.model.Covers;
import io.tickhub.model.FeedEvent;
import io.tickhub.model.Headers;
import io.tickhub.model.Subscription;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Proves one subscription from the records in its feed, without the client library, which would drop what comes twice: the ranges
 * join from the start on, and hold the ticks of the symbol's topic, byte for byte. For one thread.
 */
final class FeedProof {

    private final Subscription subscription;
    private final Map<Long, ByteBuffer> copies = new TreeMap<>();
    private long next;
    private long compared;
    private boolean ended;

    FeedProof(Subscription subscription) {
        this.subscription = subscription;
        this.next = subscription.start();
        this.compared = subscription.start();
    }

    Subscription subscription() {
        return subscription;
    }

    /** The first offset that still has to be compared; none if nothing more will come. */
    OptionalLong compared() {
        return ended && compared == next ? OptionalLong.empty() : OptionalLong.of(compared);
    }

    /** Whether everything before this offset came, or nothing more will. */
    boolean hasReached(long end) {
        return ended || next >= end;
    }

    void add(ConsumerRecord<byte[], byte[]> record, Findings findings) {
        Covers covers = Covers.parse(text(record, Headers.COVERS));
        if (covers.from() > next) {
            findings.lost(
                    covers.from() - next,
                    "%s: offsets %d to %d are missing".formatted(name(), next, covers.from() - 1));
        } else if (covers.from() < next && covers.to() > covers.from()) {
            long overlap = Math.min(next, covers.to()) - covers.from();
            findings.doubled(overlap, "%s: offsets %s came after %d".formatted(name(), covers, next));
        }
        next = Math.max(next, covers.to());
        Header event = record.headers().lastHeader(Headers.EVENT);
        if (event == null) {
            copies.put(Long.parseLong(text(record, Headers.OFFSET)), ByteBuffer.wrap(record.value()));
        } else {
            switch (FeedEvent.Kind.valueOf(new String(event.value(), StandardCharsets.UTF_8))) {
                case GAP -> findings.lost(covers.to() - covers.from(), "%s: gap %s".formatted(name(), covers));
                case ENDED -> ended = true;
                case SKIPPED, BEGUN, STALE, RECOVERED -> {
                    // Offsets without a tick, or none: compare() sees whether that is true.
                }
            }
        }
    }

    /** Compares what came with the symbol's topic. */
    void compare(Tape tape, Findings findings) {
        for (Map.Entry<Long, Entry> original : tape.between(compared, next).entrySet()) {
            ByteBuffer copy = copies.remove(original.getKey());
            if (original.getValue().isTick() && copy == null) {
                findings.lost(1, "%s: the tick at %d was not copied".formatted(name(), original.getKey()));
            } else if (copy != null && !copy.equals(original.getValue().value())) {
                findings.complain("%s: the copy of %d differs".formatted(name(), original.getKey()));
            }
        }
        if (!copies.isEmpty()) {
            findings.complain("%s: copies of what is not there: %s".formatted(name(), copies.keySet()));
            copies.clear();
        }
        compared = next;
    }

    private String name() {
        return subscription.feed() + " " + subscription.key();
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String header) {
        return new String(record.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
    }
}
