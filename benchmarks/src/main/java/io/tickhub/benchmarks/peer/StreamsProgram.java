package io.tickhub.benchmarks.peer;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** A Kafka Streams application at work. Thread safe. Owns the application. */
final class StreamsProgram implements PeerProgram {

    private static final Duration CLOSE = Duration.ofSeconds(10);

    private final KafkaStreams streams;
    private final CountDownLatch stopped = new CountDownLatch(1);

    StreamsProgram(Topology topology, Properties settings) {
        this.streams = new KafkaStreams(topology, settings);
        streams.setUncaughtExceptionHandler(failure -> {
            System.err.println("the application died: " + failure);
            stop();
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    }

    @Override
    public void run() {
        streams.start();
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        streams.close(CLOSE);
    }

    @Override
    public void stop() {
        stopped.countDown();
    }
}
