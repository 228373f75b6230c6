package io.tickhub.benchmarks.scaling;

import io.tickhub.benchmarks.rig.Arrivals;
import io.tickhub.benchmarks.rig.Latencies;
import io.tickhub.benchmarks.rig.Stage;
import io.tickhub.benchmarks.rig.TickName;
import io.tickhub.benchmarks.rig.Ticker;
import io.tickhub.client.SubscriptionRequest;
import io.tickhub.drill.rig.Await;
import io.tickhub.model.Symbol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** New symbols, one after the other, each with a first tick at once, and how soon it is served. For one thread. */
final class Newcomers {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Stage stage;
    private final Ticker ticker;
    private final int uncounted;
    private final List<Symbol> expected;
    private final List<Long> arrivedMillis = new ArrayList<>();
    private final List<Long> countedMillis = new ArrayList<>();

    /** @param uncounted those that come before the ones that count, while JVMs that have just started compile what it takes */
    Newcomers(Stage stage, Ticker ticker, int uncounted, int count) {
        this.stage = stage;
        this.ticker = ticker;
        this.uncounted = uncounted;
        this.expected = IntStream.rangeClosed(1, uncounted + count)
                .mapToObj(number -> new Symbol("NEW-" + number))
                .toList();
    }

    /** Lets them come; a hub and an aggregator run. */
    void come() throws InterruptedException {
        Arrivals waiter = Arrivals.of(stage.connect("waiter")
                .subscribe(SubscriptionRequest.to(expected).awaitTopics()));
        for (Symbol symbol : expected) {
            stage.system().hand().list(symbol);
            TickName first = ticker.publish(symbol);
            long appended = ticker.appended().get(first);
            Await.until(
                    symbol + " is counted",
                    PATIENCE,
                    () -> stage.system().stats().get(symbol.name()).isPresent());
            countedMillis.add(System.currentTimeMillis() - appended);
            Await.until(first + " arrives", PATIENCE, () -> waiter.has(first));
            arrivedMillis.add(waiter.millis(first) - appended);
            // So that it is not always the same moment between two looks at the list of topics.
            Thread.sleep(ThreadLocalRandom.current().nextLong(100, 500));
        }
    }

    /** Until the client had the tick. */
    Latencies arrived() {
        return Latencies.of(arrivedMillis.subList(uncounted, arrivedMillis.size()));
    }

    /** Until the statistics were published, seen by looking each 20 ms. */
    Latencies counted() {
        return Latencies.of(countedMillis.subList(uncounted, countedMillis.size()));
    }
}
