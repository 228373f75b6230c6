package io.tickhub.benchmarks.peer;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The settings of a Kafka Streams application that somebody chose who knows it and wants throughput; all that is not named is Kafka's
 * default. No state.
 *
 * <ul>
 *   <li>One thread, as the others have one worker; a commit each 100 ms, which is also the default with exactly once.
 *   <li>Polls of 5,000 records, and as many buffered of each partition before it is paused: with the default of 1,000 a backlog of
 *       few partitions is paused and resumed all the time.
 *   <li>No folder: nothing is stored on disk, and Streams makes none then.
 *   <li>No idling for a partition without data ({@code max.task.idle.ms=-1}): the order between symbols matters to nobody.
 * </ul>
 */
final class StreamsSettings {

    private static final int RECORDS = 5_000;
    private static final int COMMIT_MILLIS = 100;
    private static final int PROMPT_COMMIT_MILLIS = 10;

    private StreamsSettings() {}

    /** @param guarantee one of {@link StreamsConfig}'s */
    static Properties of(PeerTask task, String guarantee) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, task.group());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee);
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MILLIS);
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
        settings.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, -1L);
        settings.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, RECORDS);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), RECORDS);
        Properties all = new Properties();
        all.putAll(task.kafka().client(task.group(), settings));
        // Nobody's metrics are read; Streams has its own way to switch them off.
        all.remove(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG);
        return all;
    }

    /** For latency, exactly once: a commit each 10 ms, and nothing lingers until then. */
    static Properties prompt(PeerTask task) {
        Properties settings = of(task, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, PROMPT_COMMIT_MILLIS);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0);
        return settings;
    }
}
