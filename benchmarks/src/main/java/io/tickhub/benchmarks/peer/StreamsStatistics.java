package io.tickhub.benchmarks.peer;

import io.tickhub.model.Json;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;

/**
 * Count, minimum, maximum, sum and last price of each symbol with Kafka Streams: a part of what an aggregator computes, with none of its
 * bars. As somebody would write it who knows Streams: the record's key is the symbol already, so nothing is partitioned again; the store is
 * in memory, with its changelog, which makes it safe; the record cache in front of it (10 MB, the default) lets one value of each symbol
 * through at a commit, which is what an aggregator publishes. Ticks are read by Jackson's databind into a record, prices as exact
 * decimals, the time left as text; the store's values have a compact form of their own, what is published is JSON. A tick that cannot be
 * read would end the application. Settings: {@link StreamsSettings}.
 */
final class StreamsStatistics {

    private StreamsStatistics() {}

    static PeerProgram exactlyOnce(PeerTask task) {
        return with(task, StreamsConfig.EXACTLY_ONCE_V2);
    }

    static PeerProgram atLeastOnce(PeerTask task) {
        return with(task, StreamsConfig.AT_LEAST_ONCE);
    }

    private static PeerProgram with(PeerTask task, String guarantee) {
        StreamsBuilder builder = new StreamsBuilder();
        Serde<byte[]> keys = Serdes.ByteArray();
        Serde<PlainTick> ticks = PlainTick.serde();
        Serde<PlainFigures> published = Serdes.serdeFrom((topic, figures) -> Json.write(figures), (topic, bytes) -> {
            throw new UnsupportedOperationException("nobody reads " + topic);
        });
        builder.stream(task.plan().topics().tickPattern(), Consumed.with(keys, ticks))
                .groupByKey(Grouped.with(keys, ticks))
                .aggregate(
                        () -> PlainFigures.NONE,
                        (symbol, tick, figures) -> figures.with(tick.price()),
                        Materialized.<byte[], PlainFigures>as(Stores.inMemoryKeyValueStore("figures"))
                                .withKeySerde(keys)
                                .withValueSerde(PlainFigures.compactSerde()))
                .toStream()
                .to(PeerTask.STATISTICS, Produced.with(keys, published));
        return new StreamsProgram(builder.build(), StreamsSettings.of(task, guarantee));
    }
}
