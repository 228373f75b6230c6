package io.tickhub.benchmarks.peer;

import io.tickhub.cluster.ParentWatch;
import java.time.Duration;

/** The program of a process that is one {@link Peer}: works until SIGTERM, or until the process that started it is gone. */
public final class PeerMain {

    private static final Duration END = Duration.ofSeconds(10);

    private PeerMain() {}

    /** The arguments are those of a {@link PeerTask}. */
    public static void main(String[] arguments) {
        PeerProgram program = program(PeerTask.of(arguments));
        ParentWatch.begin(() -> {});
        Thread worker = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            program.stop();
            try {
                worker.join(END.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        program.run();
    }

    private static PeerProgram program(PeerTask task) {
        return switch (task.peer()) {
            case BYTE_COUNTER -> new ByteCounter(task);
            case STREAMS_STATISTICS_EXACTLY_ONCE -> StreamsStatistics.exactlyOnce(task);
            case STREAMS_STATISTICS_AT_LEAST_ONCE -> StreamsStatistics.atLeastOnce(task);
            case FORWARDING_LOOP -> new ForwardingLoop(task);
            case STREAMS_FORWARDING -> StreamsForwarding.of(task);
            case STREAMS_FORWARDING_PROMPTLY -> StreamsForwarding.promptly(task);
            case ECHO -> new EchoLoop(task);
            case SPRING_LISTENER -> new SpringListener(task);
        };
    }
}
