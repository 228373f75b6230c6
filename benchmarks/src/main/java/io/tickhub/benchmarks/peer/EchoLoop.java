package io.tickhub.benchmarks.peer;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends every request back as it is, headers too, to the first partition of the replies: as soon as one thread can. No transactions, no
 * offsets, no look at the request.
 */
final class EchoLoop implements PeerProgram {

    private static final int REPLY_PARTITION = 0;
    private static final int MOST_RECORDS = 500;
    private static final Duration POLL = Duration.ofMillis(50);

    private final PeerTask task;
    private volatile boolean stopping;

    EchoLoop(PeerTask task) {
        this.task = task;
    }

    @Override
    public void run() {
        Pattern requests = Pattern.compile(Pattern.quote(task.requests().name()));
        String replies = task.replies().name();
        try (KafkaConsumer<byte[], byte[]> consumer = RawConsumer.open(task, MOST_RECORDS, requests);
                KafkaProducer<byte[], byte[]> producer = producer()) {
            while (!stopping) {
                for (ConsumerRecord<byte[], byte[]> request : consumer.poll(POLL)) {
                    var unused = producer.send(new ProducerRecord<>(
                            replies, REPLY_PARTITION, request.key(), request.value(), request.headers()));
                }
            }
        }
    }

    @Override
    public void stop() {
        stopping = true;
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                task.kafka().client(task.group(), Map.of(ProducerConfig.LINGER_MS_CONFIG, 0)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
