package io.tickhub.gateway.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tickhub.gateway.GatewayMetrics;
import io.tickhub.gateway.tape.Board;
import io.tickhub.gateway.tape.FeedTap;
import io.tickhub.gateway.tape.Tape;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What all streams share: where events come from, limits, meters, and the list of those that are open, so that they can be told when the
 * gateway stops. Thread safe.
 */
public final class Streams {

    private static final Duration LOOK = Duration.ofMillis(10);

    final Tape tape;
    final Board board;
    final StatsNews stats;
    final Supplier<FeedTap.State> state;
    final Rewind rewind;
    final Duration slowAfter;
    final Counter sent;
    final Counter conflated;
    final Counter disconnected;
    private final StreamLimits limits;
    private final Set<Pump> open = ConcurrentHashMap.newKeySet();

    public Streams(
            Tape tape,
            Board board,
            StatsNews stats,
            Supplier<FeedTap.State> state,
            Rewind rewind,
            StreamLimits limits,
            Duration slowAfter,
            MeterRegistry meters) {
        this.tape = tape;
        this.board = board;
        this.stats = stats;
        this.state = state;
        this.rewind = rewind;
        this.limits = limits;
        this.slowAfter = slowAfter;
        this.sent = GatewayMetrics.SENT.counter().register(meters);
        this.conflated = GatewayMetrics.CONFLATED.counter().register(meters);
        this.disconnected = GatewayMetrics.DISCONNECTED.counter().register(meters);
        var unused = GatewayMetrics.STREAMS.gauge(limits::streams).register(meters);
    }

    public StreamLimits limits() {
        return limits;
    }

    /** Ends every stream with a reason. Returns at once. */
    public void stop(String reason) {
        open.forEach(pump -> pump.stop(reason));
    }

    /** Waits until the streams have ended, at most for the timeout. */
    public void awaitEnd(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!open.isEmpty() && System.nanoTime() - deadline < 0) {
            Thread.sleep(LOOK);
        }
    }

    void opened(Pump pump) {
        open.add(pump);
    }

    void closed(Pump pump) {
        open.remove(pump);
    }
}
