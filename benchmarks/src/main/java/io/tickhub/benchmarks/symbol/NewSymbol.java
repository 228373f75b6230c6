package io.tickhub.benchmarks.symbol;

import io.tickhub.benchmarks.rig.Arrivals;
import io.tickhub.benchmarks.rig.Goal;
import io.tickhub.benchmarks.rig.Latencies;
import io.tickhub.benchmarks.rig.Report;
import io.tickhub.benchmarks.rig.Stage;
import io.tickhub.benchmarks.rig.TickName;
import io.tickhub.benchmarks.rig.Ticker;
import io.tickhub.benchmarks.rig.Trial;
import io.tickhub.client.SubscriptionRequest;
import io.tickhub.drill.rig.Await;
import io.tickhub.model.Symbol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * How soon a new symbol is served: 1,000 symbols are there, one client waits for 120 more by name, another has subscribed to all; their
 * topics are made one by one, and a first tick is sent at once. The baseline is a tick of a symbol that is served already.
 */
public final class NewSymbol {

    private static final int PROMISED_MILLIS = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Trial trial;
    private final Stage stage;
    private final Ticker ticker;
    private final List<Long> served = new ArrayList<>();
    private final List<Long> byName = new ArrayList<>();
    private final List<Long> byAll = new ArrayList<>();
    private final List<Long> sinceAsked = new ArrayList<>();

    private NewSymbol(Trial trial, Stage stage) {
        this.trial = trial;
        this.stage = stage;
        this.ticker = stage.own(new Ticker(stage.kafka()));
    }

    /** Takes three minutes. */
    public static Report measure(Trial trial) throws InterruptedException {
        int present = trial.effort().choose(1_000, 20);
        trial.tell("starting, with %,d symbols".formatted(present));
        try (Stage stage = Stage.open(present, trial.logs())) {
            return new NewSymbol(trial, stage).measure();
        }
    }

    private Report measure() throws InterruptedException {
        int toWarmUp = trial.effort().choose(20, 1);
        int count = toWarmUp + trial.effort().choose(100, 3);
        Duration idle = trial.effort().choose(Duration.ofSeconds(20), Duration.ofSeconds(1));
        List<Symbol> expected = IntStream.rangeClosed(1, count)
                .mapToObj(number -> new Symbol("NEW-" + number))
                .toList();
        Arrivals waiter = Arrivals.of(stage.connect("waiter")
                .subscribe(SubscriptionRequest.to(expected).awaitTopics()));
        Arrivals all = Arrivals.of(stage.connect("all").subscribe(SubscriptionRequest.toAll()));
        Await.until("all symbols have begun", PATIENCE.multipliedBy(4), () -> stage.symbols().stream()
                .allMatch(symbol -> all.reached(symbol) >= 0));
        Thread.sleep(trial.effort().choose(Duration.ofSeconds(10), Duration.ZERO));
        trial.tell("watching the services idle for %d s".formatted(idle.toSeconds()));
        double hub = idle("hub-1", idle);
        trial.tell("%d new symbols, of which the first %d do not count".formatted(count, toWarmUp));
        for (Symbol symbol : expected) {
            if (symbol.equals(expected.get(toWarmUp))) {
                List.of(served, byName, byAll, sinceAsked).forEach(List::clear);
            }
            announce(symbol, waiter, all);
            // So that it is not always the same moment between two looks at the list of topics.
            Thread.sleep(ThreadLocalRandom.current().nextLong(100, 500));
        }
        return report(waiter.missing() + all.missing())
                .withRemark(String.format(Locale.ROOT, "an idle hub takes %.1f %% of a core", hub * 100));
    }

    private void announce(Symbol symbol, Arrivals waiter, Arrivals all) throws InterruptedException {
        Symbol old = stage.symbols()
                .get(ThreadLocalRandom.current().nextInt(stage.symbols().size()));
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
                .withTimes("baseline: a symbol served already", baseline, baseline)
                .withTimes("to the client that waits for it", named, baseline)
                .withTimes("to the client that takes all", any, baseline)
                .withTimes("the same, since its topic was asked for", asked, baseline);
        if (missing > 0) {
            report = report.withFailure("%d offsets are missing".formatted(missing));
        }
        return report.withGoal(Goal.atMost(PROMISED_MILLIS, "p99 in ms", Math.max(named.p99(), any.p99())));
    }

    private static void await(TickName tick, Arrivals arrivals) throws InterruptedException {
        Await.until(tick + " arrives", PATIENCE, () -> arrivals.has(tick));
    }

    private long took(TickName tick, Arrivals arrivals) {
        return arrivals.millis(tick) - ticker.appended().get(tick);
    }

    /** The part of a core that a service takes while nothing is asked of it. */
    private double idle(String service, Duration idle) throws InterruptedException {
        Duration before = stage.crew().processorTime(service);
        Thread.sleep(idle);
        return (double) stage.crew().processorTime(service).minus(before).toMillis() / idle.toMillis();
    }
}
