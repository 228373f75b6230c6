package io.tickhub.benchmarks.concurrency;

import io.tickhub.model.Symbol;
import io.tickhub.runtime.config.KafkaConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Several producers, each with a thread of its own while it sends. For one thread. Owns them. */
final class Publishers implements AutoCloseable {

    private final List<Sender> senders;
    private final ExecutorService threads;

    Publishers(KafkaConfig kafka, List<Symbol> symbols, int most) {
        this.senders = IntStream.rangeClosed(1, most)
                .mapToObj(number -> new Sender(kafka, symbols, "benchmark-producer-" + number, Sizing.USUAL))
                .toList();
        this.threads = Executors.newFixedThreadPool(most);
    }

    /** So many of them share the ticks, as fast as they can; returns when Kafka has them. */
    void send(int producers, int ticks) {
        together(producers, sender -> sender.send(ticks / producers));
    }

    /** The same at a rate of all together. */
    void send(int producers, int ticksPerSecond, Duration during) {
        together(producers, sender -> sender.send(ticksPerSecond / producers, during));
    }

    @Override
    public void close() {
        threads.shutdownNow();
        senders.forEach(Sender::close);
    }

    private void together(int producers, Consumer<Sender> task) {
        CompletableFuture.allOf(senders.subList(0, producers).stream()
                        .map(sender -> CompletableFuture.runAsync(() -> task.accept(sender), threads))
                        .toArray(CompletableFuture[]::new))
                .join();
    }
}
