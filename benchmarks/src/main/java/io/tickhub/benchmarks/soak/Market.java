package io.tickhub.benchmarks.soak;

import io.tickhub.benchmarks.rig.Arrivals;
import io.tickhub.benchmarks.rig.HeapMeter;
import io.tickhub.benchmarks.rig.Latencies;
import io.tickhub.benchmarks.rig.Stage;
import io.tickhub.client.SubscriptionRequest;
import io.tickhub.drill.rig.Await;
import io.tickhub.model.Symbol;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The whole system at work: a producer that simulates 20 symbols at a rate that can be chosen anew, two hubs, an aggregator, and a client
 * that takes every tick. Owns the client's subscription and the meters through the stage. For one thread.
 */
final class Market {

    private static final String HUB = "hub-1";
    private static final String AGGREGATOR = "aggregator-1";
    private static final String PRODUCER = "producer-1";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Stage stage;
    private final HeapMeter hub;
    private final HeapMeter aggregator;
    private final Arrivals arrivals;

    private Market(Stage stage, HeapMeter hub, HeapMeter aggregator) {
        this.stage = stage;
        this.hub = hub;
        this.aggregator = aggregator;
        this.arrivals = Arrivals.ages(stage.connect("soak").subscribe(SubscriptionRequest.toAll()));
    }

    /** Starts all but the producer. */
    static Market open(Stage stage) throws InterruptedException {
        HeapMeter hub = stage.own(new HeapMeter());
        HeapMeter aggregator = stage.own(new HeapMeter());
        stage.crew().start(HUB, hub.with(Map.of()));
        stage.crew().start(AGGREGATOR, aggregator.with(Map.of()));
        stage.crew().start("hub-2");
        return new Market(stage, hub, aggregator);
    }

    /** Starts the producer. */
    void begin(int ticksPerSecond) throws InterruptedException {
        stage.crew().start(PRODUCER, Map.of("TICKHUB_RATE", Integer.toString(ticksPerSecond)));
    }

    /** Ends the producer, and waits until all that it published has come to the client. */
    void end() throws InterruptedException {
        stage.crew().terminate(PRODUCER);
        Map<Symbol, Long> ends = new HashMap<>();
        for (Symbol symbol : stage.symbols()) {
            ends.put(symbol, stage.system().hand().end(symbol));
        }
        Await.until("everything has come to the client", PATIENCE, () -> ends.entrySet().stream()
                .allMatch(end -> arrivals.reached(end.getKey()) >= end.getValue()));
    }

    /** How old the ticks were that came to the client in so long from now on. */
    Latencies ages(Duration time) throws InterruptedException {
        var unused = arrivals.takeAges();
        Thread.sleep(time);
        return arrivals.takeAges();
    }

    /** What a hub has alive of its heap, in megabytes; the collection holds it up. */
    double hubHeap() throws InterruptedException {
        return hub.alive(stage.crew().pid(HUB));
    }

    /** What the aggregator has alive of its heap, in megabytes; the collection holds it up. */
    double aggregatorHeap() throws InterruptedException {
        return aggregator.alive(stage.crew().pid(AGGREGATOR));
    }

    /** Offsets that did not come to the client. */
    long missing() {
        return arrivals.missing();
    }

    /** Services that died, one sentence each. */
    List<String> deaths() {
        return stage.crew().deaths();
    }
}
