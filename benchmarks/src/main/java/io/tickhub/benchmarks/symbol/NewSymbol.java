package io.tickhub.benchmarks.symbol;

import io.tickhub.benchmarks.rig.Arrivals;
import io.tickhub.benchmarks.rig.Latencies;
import io.tickhub.benchmarks.rig.Report;
import io.tickhub.benchmarks.rig.Stage;
import io.tickhub.benchmarks.rig.TickName;
import io.tickhub.benchmarks.rig.Ticker;
import io.tickhub.client.SubscriptionRequest;
import io.tickhub.drill.rig.Await;
import io.tickhub.model.Symbol;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * How soon a new symbol is served: 1,000 symbols are there, one client waits for 50 more by name, another has subscribed to all; their
 * topics are made one by one, and a first tick is sent at once. The baseline is a tick of a symbol that is served already.
 */
public final class NewSymbol {

    private static final int PRESENT = 1_000;
    private static final int NEW = 50;
    private static final int PROMISED_MILLIS = 500;
    private static final Duration SETTLED = Duration.ofSeconds(10);
    private static final Duration IDLE = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Stage stage;
    private final Ticker ticker;
    private final List<Long> served = new ArrayList<>();
    private final List<Long> byName = new ArrayList<>();
    private final List<Long> byAll = new ArrayList<>();
    private final List<Long> sinceAsked = new ArrayList<>();

    private NewSymbol(Stage stage) {
        this.stage = stage;
        this.ticker = stage.own(new Ticker(stage.kafka()));
    }

    /** Takes two minutes. */
    public static Report measure(Path logs, Consumer<String> told) throws InterruptedException {
        told.accept("starting, with %,d symbols".formatted(PRESENT));
        try (Stage stage = Stage.open(PRESENT, logs)) {
            return new NewSymbol(stage).measure(told);
        }
    }

    private Report measure(Consumer<String> told) throws InterruptedException {
        List<Symbol> expected = IntStream.rangeClosed(1, NEW)
                .mapToObj(number -> new Symbol("NEW-" + number))
                .toList();
        Arrivals waiter = Arrivals.of(stage.connect("waiter")
                .subscribe(SubscriptionRequest.to(expected).awaitTopics()));
        Arrivals all = Arrivals.of(stage.connect("all").subscribe(SubscriptionRequest.toAll()));
        Await.until("all symbols have begun", PATIENCE.multipliedBy(4), () -> stage.symbols().stream()
                .allMatch(symbol -> all.reached(symbol) >= 0));
        Thread.sleep(SETTLED);
        told.accept("watching the services idle for %d s".formatted(IDLE.toSeconds()));
        double hub = idle("hub-1");
        told.accept("%d new symbols".formatted(NEW));
        for (Symbol symbol : expected) {
            announce(symbol, waiter, all);
            // So that it is not always the same moment between two looks at the list of topics.
            Thread.sleep(ThreadLocalRandom.current().nextLong(100, 500));
        }
        return report(waiter.missing() + all.missing())
                .withRemark(String.format(Locale.ROOT, "an idle hub takes %.1f %% of a core", hub * 100));
    }

    private void announce(Symbol symbol, Arrivals waiter, Arrivals all) throws InterruptedException {
        Symbol old = stage.symbols().get(ThreadLocalRandom.current().nextInt(PRESENT));
        TickName known = ticker.publish(old);
        await(known, all);
        served.add(took(known, all));
        long askedMillis = System.currentTimeMillis();
        stage.system().hand().list(symbol);
        TickName first = ticker.publish(symbol);
        await(first, waiter);
        await(first, all);
        byName.add(took(first, waiter));
        byAll.add(took(first, all));
        sinceAsked.add(waiter.millis(first) - askedMillis);
    }

    private Report report(long missing) {
        Latencies baseline = Latencies.of(served);
        Latencies named = Latencies.of(byName);
        Latencies any = Latencies.of(byAll);
        Latencies asked = Latencies.of(sinceAsked);
        Report report = Report.of("FIRST TICK OF A NEW SYMBOL", "TIMES", "P50", "P99", "MAX", "P99 / BASELINE")
                .withRow(baseline.row("baseline: a symbol served already", baseline))
                .withRow(named.row("to the client that waits for it", baseline))
                .withRow(any.row("to the client that takes all", baseline))
                .withRow(asked.row("the same, since its topic was asked for", baseline));
        if (missing > 0) {
            report = report.withFailure("%d offsets are missing".formatted(missing));
        }
        return Math.max(named.p99(), any.p99()) < PROMISED_MILLIS
                ? report
                : report.withFailure("p99 is not below %d ms".formatted(PROMISED_MILLIS));
    }

    private static void await(TickName tick, Arrivals arrivals) throws InterruptedException {
        Await.until(tick + " arrives", PATIENCE, () -> arrivals.has(tick));
    }

    private long took(TickName tick, Arrivals arrivals) {
        return arrivals.millis(tick) - ticker.appended().get(tick);
    }

    /** The part of a core that a service takes while nothing is asked of it. */
    private double idle(String service) throws InterruptedException {
        Duration before = stage.crew().processorTime(service);
        Thread.sleep(IDLE);
        return (double) stage.crew().processorTime(service).minus(before).toMillis() / IDLE.toMillis();
    }
}
