package io.tickhub.benchmarks.peer;

import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.TopicNameExtractor;

/**
 * Copies the bytes of every tick into the first feed of its symbol with Kafka Streams, exactly once: a pass through without state, with
 * no headers added. The feed is found by the name of the tick's topic, without a look at the tick. Settings: {@link StreamsSettings}.
 */
final class StreamsForwarding {

    private StreamsForwarding() {}

    static PeerProgram of(PeerTask task) {
        FeedNames feeds = new FeedNames(task.plan());
        return with(
                task,
                (key, value, context) -> feeds.first(context.topic()),
                StreamsSettings.of(task, StreamsConfig.EXACTLY_ONCE_V2));
    }

    /** The same for whoever wants the ticks soon: all into one topic, with a commit each 10 ms. */
    static PeerProgram promptly(PeerTask task) {
        return with(task, (key, value, context) -> PeerTask.FORWARDED, StreamsSettings.prompt(task));
    }

    private static PeerProgram with(PeerTask task, TopicNameExtractor<byte[], byte[]> topics, Properties settings) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(task.plan().topics().tickPattern(), Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
                .to(topics, Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
        return new StreamsProgram(builder.build(), settings);
    }
}
