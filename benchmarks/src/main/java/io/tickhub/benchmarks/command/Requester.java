package io.tickhub.benchmarks.command;

import io.tickhub.model.Command;
import io.tickhub.model.ErrorCode;
import io.tickhub.model.Headers;
import io.tickhub.model.Json;
import io.tickhub.model.Reply;
import io.tickhub.runtime.config.KafkaConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends the commands of many clients over one connection, as they stand on the wire, and repeats those that nobody answers with the
 * correlation id they had. Thread safe. Owns a producer, a consumer and a thread.
 */
public final class Requester implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration REPEAT_SILENT = Duration.ofSeconds(2);
    private static final Duration REPEAT_REFUSED = Duration.ofMillis(100);
    private static final Duration GIVE_UP = Duration.ofSeconds(60);

    private final KafkaConfig kafka;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, Pending> pending = new ConcurrentHashMap<>();
    private final Thread thread = new Thread(this::run, "requester");
    private volatile boolean stopping;
    private volatile Optional<Throwable> death = Optional.empty();

    /** A request without an answer. What changes is changed by the requester's thread only. */
    private static final class Pending {

        private final Command command;
        private final long dueNanos;
        private final CompletableFuture<Answer> answer = new CompletableFuture<>();
        private long repeatNanos;
        private int attempts = 1;

        private Pending(Command command, long dueNanos) {
            this.command = command;
            this.dueNanos = dueNanos;
            this.repeatNanos = System.nanoTime() + REPEAT_SILENT.toNanos();
        }
    }

    /** Connects; replies to what is sent from here on are seen. */
    public Requester(KafkaConfig kafka) {
        this.kafka = kafka;
        this.producer = new KafkaProducer<>(
                kafka.client(
                        "benchmark-commands",
                        Map.of(
                                ProducerConfig.LINGER_MS_CONFIG,
                                0,
                                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                                1)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.consumer = new KafkaConsumer<>(
                kafka.client(
                        "benchmark-replies",
                        Map.of(
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed",
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false,
                                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                                (int) POLL.toMillis())),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer
                .partitionsFor(kafka.topics().replies().name())
                .stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((unused, failure) -> die(failure));
        thread.start();
    }

    /**
     * Sends a command.
     *
     * @param dueNanos when it should have been sent; the time to the answer counts from there
     * @return completes on the requester's thread; with a {@link TimeoutException} if no answer came, however often it was sent, and with something
     *     else if that thread has died
     */
    public CompletableFuture<Answer> send(Command command, long dueNanos) {
        String correlationId = UUID.randomUUID().toString();
        Pending request = new Pending(command, dueNanos);
        pending.put(correlationId, request);
        post(correlationId, command);
        // Who dies from here on finds it among those that are pending.
        death.ifPresent(request.answer::completeExceptionally);
        return request.answer;
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ofSeconds(2));
    }

    private void post(String correlationId, Command command) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                kafka.topics().commands().name(), utf8(command.client().name()), Json.write(command));
        record.headers()
                .add(Headers.CORRELATION_ID, utf8(correlationId))
                .add(Headers.REPLY_TOPIC, utf8(kafka.topics().replies().name()))
                .add(Headers.TIME_TO_LIVE, utf8(Long.toString(GIVE_UP.toMillis())));
        var unused = producer.send(record);
    }

    private void run() {
        try (consumer) {
            while (!stopping) {
                consumer.poll(POLL).forEach(this::handle);
                pending.forEach(this::care);
            }
        }
    }

    /** Nobody would answer what is pending any more. */
    private void die(Throwable failure) {
        death = Optional.of(failure);
        pending.values().forEach(request -> request.answer.completeExceptionally(failure));
    }

    /** Repeats a request whose time has come, or gives it up. */
    private void care(String correlationId, Pending request) {
        long now = System.nanoTime();
        if (now - request.dueNanos > GIVE_UP.toNanos()) {
            pending.remove(correlationId);
            request.answer.completeExceptionally(new TimeoutException("no answer to " + request.command));
        } else if (now - request.repeatNanos > 0) {
            // Each time twice as long: who repeats at a fixed rate what is late keeps an overload alive.
            repeat(correlationId, request, now + (REPEAT_SILENT.toNanos() << request.attempts));
        }
    }

    private void handle(ConsumerRecord<byte[], byte[]> record) {
        String correlationId =
                new String(record.headers().lastHeader(Headers.CORRELATION_ID).value(), StandardCharsets.UTF_8);
        Pending request = pending.get(correlationId);
        if (request == null) {
            // A second answer, to a request that was repeated.
            return;
        }
        long now = System.nanoTime();
        Reply reply = Json.read(record.value(), Reply.class);
        if (reply instanceof Reply.Failed failed && failed.code() == ErrorCode.UNAVAILABLE) {
            request.repeatNanos = now + REPEAT_REFUSED.toNanos();
        } else {
            pending.remove(correlationId);
            request.answer.complete(
                    Answer.of(request.command, correlationId, reply, (now - request.dueNanos) / 1e6, request.attempts));
        }
    }

    private void repeat(String correlationId, Pending request, long nextNanos) {
        request.repeatNanos = nextNanos;
        request.attempts++;
        post(correlationId, request.command);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
