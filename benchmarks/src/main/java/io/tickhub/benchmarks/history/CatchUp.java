package io.tickhub.benchmarks.history;

import io.tickhub.benchmarks.rig.Arrivals;
import io.tickhub.benchmarks.rig.Goal;
import io.tickhub.benchmarks.rig.Latencies;
import io.tickhub.benchmarks.rig.Report;
import io.tickhub.benchmarks.rig.Span;
import io.tickhub.benchmarks.rig.Stage;
import io.tickhub.benchmarks.rig.TickName;
import io.tickhub.benchmarks.rig.Ticker;
import io.tickhub.benchmarks.rig.Trial;
import io.tickhub.client.MarketDataClient;
import io.tickhub.client.SubscriptionRequest;
import io.tickhub.drill.rig.Await;
import io.tickhub.model.From;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Symbol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Whether a client that catches up delays the others: 2,000 ticks a second of 20 symbols go to five clients, while one more reads a
 * symbol with a million ticks from its beginning, three times through its feed and once directly. The baseline is the quiet time before
 * each.
 */
public final class CatchUp {

    private static final int SYMBOLS = 20;
    private static final int TICKS_PER_SECOND = 2_000;
    private static final int CLIENTS = 5;
    private static final double MOST_DELAY = 2;
    private static final Duration SETTLED = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Symbol OLD = new Symbol("HISTORY");

    private final Trial trial;
    private final int history;
    private final Stage stage;
    private final Ticker ticker;
    private final List<Arrivals> clients = new ArrayList<>();
    private final List<Span> quiet = new ArrayList<>();
    private final List<Span> feeds = new ArrayList<>();
    private final List<Span> direct = new ArrayList<>();
    private long missing;

    private CatchUp(Trial trial, Stage stage) {
        this.trial = trial;
        this.history = trial.effort().choose(1_000_000, 10_000);
        this.stage = stage;
        this.ticker = stage.own(new Ticker(stage.kafka()));
    }

    /** Takes five minutes. */
    public static Report measure(Trial trial) throws InterruptedException {
        try (Stage stage = Stage.open(SYMBOLS, trial.logs())) {
            return new CatchUp(trial, stage).measure();
        }
    }

    private Report measure() throws InterruptedException {
        trial.tell("publishing %,d ticks of one symbol, and waiting until they are counted".formatted(history));
        stage.system().hand().list(OLD);
        ticker.publishHistory(OLD, history);
        Await.until("the old ticks are counted", PATIENCE, () -> stage.system()
                .stats()
                .get(OLD.toString())
                .map(PriceStats::asOf)
                .filter(asOf -> asOf == history)
                .isPresent());
        for (int i = 0; i < CLIENTS; i++) {
            int share = i;
            List<Symbol> symbols = stage.symbols().stream()
                    .filter(symbol -> stage.symbols().indexOf(symbol) % CLIENTS == share)
                    .toList();
            clients.add(Arrivals.of(stage.connect("live-" + i).subscribe(SubscriptionRequest.to(symbols))));
        }
        ticker.begin(stage.symbols(), TICKS_PER_SECOND);
        Thread.sleep(trial.effort().choose(Duration.ofSeconds(15), Duration.ofSeconds(1)));
        for (int i = 0; i < trial.effort().choose(3, 1); i++) {
            feeds.add(catchUp("feed-" + i, request -> request));
        }
        direct.add(catchUp("direct", SubscriptionRequest::direct));
        ticker.end();
        Thread.sleep(SETTLED);
        return report();
    }

    /** Keeps quiet for a while, then catches up. */
    private Span catchUp(String name, UnaryOperator<SubscriptionRequest> how) throws InterruptedException {
        long quietMillis = System.currentTimeMillis();
        Thread.sleep(trial.effort().choose(Duration.ofSeconds(30), Duration.ofSeconds(1)));
        quiet.add(Span.since(quietMillis));
        try (MarketDataClient client = MarketDataClient.connect(stage.config(name))) {
            long began = System.currentTimeMillis();
            Arrivals old = Arrivals.counting(client.subscribe(
                    how.apply(SubscriptionRequest.to(List.of(OLD)).from(From.earliest()))));
            Await.until("all old ticks have come", PATIENCE, () -> old.reached(OLD) == history);
            Span span = Span.since(began);
            missing += old.missing() + history - old.ticks();
            trial.tell(String.format(
                    Locale.ROOT,
                    "%s: %,d ticks in %.1f s, %,.0f a second",
                    name,
                    history,
                    span.seconds(),
                    history / span.seconds()));
            return span;
        }
    }

    private Report report() {
        Latencies without = live(quiet);
        Latencies within = live(feeds);
        double seconds = feeds.stream().mapToDouble(Span::seconds).sorted().toArray()[feeds.size() / 2];
        Report report = Report.of("LATENCY OF LIVE TICKS", "TICKS", "P50", "P99", "MAX", "P99 / BASELINE")
                .withTimes("baseline: nobody catches up", without, without)
                .withTimes("one catches up through its feed", within, without)
                .withTimes("one catches up directly", live(direct), without)
                .withRemark(String.format(
                        Locale.ROOT,
                        "catching up with %,d ticks took %.1f s (median of %d), %,.0f a second; directly %.1f s",
                        history,
                        seconds,
                        feeds.size(),
                        history / seconds,
                        direct.getFirst().seconds()))
                .withGoal(Goal.atMost(
                        MOST_DELAY,
                        "p99 of live ticks while one catches up through its feed, to the baseline",
                        within.p99To(without)));
        long lost = missing
                + clients.stream().mapToLong(Arrivals::missing).sum()
                + ticker.appended().keySet().stream()
                        .filter(tick -> clients.stream().noneMatch(client -> client.has(tick)))
                        .count();
        return lost == 0 ? report : report.withFailure("%,d ticks or offsets are missing".formatted(lost));
    }

    private Latencies live(List<Span> spans) {
        Map<TickName, Long> appended = ticker.appended();
        Latencies all = Latencies.of(List.of());
        for (Arrivals client : clients) {
            for (Span span : spans) {
                all = all.and(client.since(appended, span));
            }
        }
        return all;
    }
}
