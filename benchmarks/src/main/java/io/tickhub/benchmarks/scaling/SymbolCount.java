package io.tickhub.benchmarks.scaling;

import io.tickhub.benchmarks.rig.HeapMeter;
import io.tickhub.benchmarks.rig.Series;
import io.tickhub.benchmarks.rig.Stage;
import io.tickhub.benchmarks.rig.Ticker;
import io.tickhub.benchmarks.rig.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A system with one number of symbols: what a tick costs an aggregator that is alone with them, then how long a second one takes to join,
 * then how soon new symbols are served. Used once, by one thread.
 */
final class SymbolCount {

    private static final int HEAP_MEGABYTES = 512;
    private static final String GROUP = "aggregator";
    private static final String FIRST = "aggregator-1";
    private static final String SECOND = "aggregator-2";

    private final Trial trial;
    private final Stage stage;

    private SymbolCount(Trial trial, Stage stage) {
        this.trial = trial;
        this.stage = stage;
    }

    /** Starts it, watches, and ends it. */
    static Seen watch(Trial trial, int symbols) throws InterruptedException {
        trial.tell("%,d symbols".formatted(symbols));
        try (Stage stage = Stage.empty(symbols, HEAP_MEGABYTES, trial.logs())) {
            return new SymbolCount(trial, stage).watch();
        }
    }

    private Seen watch() throws InterruptedException {
        HeapMeter heap = stage.own(new HeapMeter());
        stage.crew().start(FIRST, heap.with(Map.of()));
        Ticker busy = ticker(trial.effort().choose(2_000, 400));
        // Until its JVM has compiled nearly all: after half a minute that was more than half of what it did.
        Thread.sleep(trial.effort().choose(Duration.ofMinutes(2), Duration.ofSeconds(2)));
        List<Double> costs = new ArrayList<>();
        for (int round = 0; round < trial.effort().rounds(); round++) {
            costs.add(microsPerTick(busy, trial.effort().choose(Duration.ofSeconds(10), Duration.ofSeconds(2))));
        }
        int symbols = stage.symbols().size();
        double alive = heap.alive(stage.crew().pid(FIRST));
        busy.end();
        // Twice the services share the cores now: at the full rate the machine would have more to do than it can.
        Ticker calm = ticker(trial.effort().choose(500, 100));
        trial.tell("a second aggregator");
        double joined = new Join(stage, GROUP, SECOND).measure();
        trial.tell("new symbols");
        stage.crew().start("hub-1");
        Thread.sleep(trial.effort().choose(Duration.ofSeconds(10), Duration.ZERO));
        Newcomers newcomers = new Newcomers(
                stage,
                stage.own(new Ticker(stage.kafka())),
                trial.effort().choose(20, 0),
                trial.effort().choose(20, 2));
        newcomers.come();
        calm.end();
        return new Seen(
                symbols,
                new Series("%,d symbols".formatted(symbols), "us/tick", costs),
                alive,
                joined,
                newcomers.arrived(),
                newcomers.counted(),
                stage.crew().deaths());
    }

    private Ticker ticker(int ticksPerSecond) {
        Ticker ticker = stage.own(new Ticker(stage.kafka()));
        ticker.find(stage.symbols());
        ticker.begin(stage.symbols(), ticksPerSecond);
        return ticker;
    }

    private double microsPerTick(Ticker ticker, Duration time) throws InterruptedException {
        int ticks = ticker.appended().size();
        Duration used = stage.crew().processorTime(FIRST);
        Thread.sleep(time);
        used = stage.crew().processorTime(FIRST).minus(used);
        return used.toNanos() / 1e3 / (ticker.appended().size() - ticks);
    }
}
