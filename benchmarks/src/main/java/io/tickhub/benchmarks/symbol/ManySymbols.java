package io.tickhub.benchmarks.symbol;

import io.tickhub.benchmarks.rig.Latencies;
import io.tickhub.benchmarks.rig.Report;
import io.tickhub.benchmarks.rig.Span;
import io.tickhub.benchmarks.rig.Stage;
import io.tickhub.benchmarks.rig.Ticker;
import io.tickhub.benchmarks.rig.Trial;
import io.tickhub.client.MarketDataClient;
import io.tickhub.drill.rig.Await;
import io.tickhub.model.Symbol;
import io.tickhub.model.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** 10,000 symbols: how long it takes to make them, until the hubs know all, and to list them. The baseline is a PING. */
public final class ManySymbols {

    private static final int PRESENT = 100;
    private static final Duration KNOWN = Duration.ofMinutes(5);

    private ManySymbols() {}

    /** Takes some minutes. */
    public static Report measure(Trial trial) throws InterruptedException {
        int symbols = trial.effort().choose(10_000, 200);
        int times = trial.effort().choose(50, 3);
        try (Stage stage = Stage.open(PRESENT, trial.logs())) {
            MarketDataClient client = stage.connect("lister");
            trial.tell("making %,d symbols".formatted(symbols));
            long began = System.currentTimeMillis();
            stage.system().createTopics(more(stage.kafka().topics(), symbols - PRESENT));
            Span making = Span.since(began);
            trial.tell("made in %.0f s".formatted(making.seconds()));
            began = System.currentTimeMillis();
            Await.until(
                    "the hubs know all symbols", KNOWN, () -> client.symbols().size() == symbols);
            Span knowing = Span.since(began);
            trial.tell("one tick of each, until all are counted");
            Ticker ticker = stage.own(new Ticker(stage.kafka()));
            client.symbols().forEach(symbol -> ticker.publishHistory(symbol, 1));
            Await.until(
                    "all have statistics",
                    KNOWN,
                    () -> stage.system().stats().values().size() == symbols);
            trial.tell("listing them");
            List<Double> pings = new ArrayList<>();
            List<Double> lists = new ArrayList<>();
            List<Double> statistics = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                pings.add(timed(client::ping));
                lists.add(timed(client::symbols));
                statistics.add(timed(client::statistics));
            }
            Latencies ping = Latencies.of(pings);
            Latencies list = Latencies.of(lists);
            return Report.of("%,d SYMBOLS".formatted(symbols), "TIMES", "P50", "P99", "MAX", "P99 / BASELINE")
                    .withTimes("baseline: PING", ping, ping)
                    .withTimes("LIST_SYMBOLS, one page", list, ping)
                    .withTimes("GET_STATS of all, in pages", Latencies.of(statistics), ping)
                    .withRemark(String.format(
                            Locale.ROOT,
                            "their topics were made in %.1f s, and the hubs knew the last of them %.1f s later",
                            making.seconds(),
                            knowing.seconds()));
        }
    }

    private static List<Topics.Spec> more(Topics topics, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> topics.ticks(new Symbol("MORE-%05d".formatted(number))))
                .toList();
    }

    private static double timed(Runnable request) {
        long began = System.nanoTime();
        request.run();
        return (System.nanoTime() - began) / 1e6;
    }
}
