package io.tickhub.client;

import static io.tickhub.client.FeedRecords.A;
import static io.tickhub.client.FeedRecords.TICK;
import static io.tickhub.client.FeedRecords.eventRecord;
import static io.tickhub.client.FeedRecords.record;
import static io.tickhub.client.FeedRecords.tickRecord;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.model.Covers;
import io.tickhub.model.FeedEvent;
import io.tickhub.model.TickCodec;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class FeedDecoderTest {

    private static final String FEED = "feeds.alice.1";

    private final FeedDecoder decoder = new FeedDecoder();

    @Test
    void readsATick() {
        assertThat(decoder.decode(tickRecord(FEED, 0, "0-7", 3, 5)))
                .contains(new FeedRecord.Ticked(A, new Covers(3, 5), 4, TICK));
    }

    @Test
    void readsEachKindOfEvent() {
        assertThat(decoder.decode(eventRecord(FEED, 0, "0-7", FeedEvent.Kind.GAP, 3, 5)))
                .contains(new FeedRecord.Gap(A, new Covers(3, 5), "because"));
        assertThat(decoder.decode(eventRecord(FEED, 0, "0-7", FeedEvent.Kind.SKIPPED, 3, 5)))
                .contains(new FeedRecord.Skipped(A, new Covers(3, 5)));
        assertThat(decoder.decode(eventRecord(FEED, 0, "0-7", FeedEvent.Kind.ENDED, 5, 5)))
                .contains(new FeedRecord.Ended(A, new Covers(5, 5), "because"));
    }

    @Test
    void dropsWhatNoHubHasWritten() {
        byte[] text = "hello".getBytes(StandardCharsets.UTF_8);

        assertThat(decoder.decode(new ConsumerRecord<>(FEED, 0, 0, text, text))).isEmpty();
        assertThat(decoder.decode(record(FEED, 0, "0-7", "3-5", text))).isEmpty();
        assertThat(decoder.decode(record(FEED, 0, "0-7", "5-3", text))).isEmpty();
        assertThat(decoder.decode(record(FEED, 0, "0-7", "3-5", new TickCodec().encode(TICK))))
                .isEmpty();
        assertThat(decoder.decode(record(FEED, 0, "0-7", "-", text))).isEmpty();
        assertThat(decoder.decode(record(FEED, 0, "0-7", "3-5", null))).isEmpty();
    }
}
