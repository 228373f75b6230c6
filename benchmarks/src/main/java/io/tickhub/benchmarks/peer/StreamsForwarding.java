package io.tickhub.benchmarks.peer;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/**
 * Copies the bytes of every tick into the first feed of its symbol with Kafka Streams, exactly once: a pass through without state, with
 * no headers added. The feed is found by the name of the tick's topic, without a look at the tick. Settings: {@link StreamsSettings}.
 */
final class StreamsForwarding {

    private StreamsForwarding() {}

    static PeerProgram of(PeerTask task) {
        StreamsBuilder builder = new StreamsBuilder();
        FeedNames feeds = new FeedNames(task.plan());
        builder.stream(task.plan().topics().tickPattern(), Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
                .to(
                        (key, value, context) -> feeds.first(context.topic()),
                        Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
        return new StreamsProgram(builder.build(), StreamsSettings.of(task, StreamsConfig.EXACTLY_ONCE_V2));
    }
}
