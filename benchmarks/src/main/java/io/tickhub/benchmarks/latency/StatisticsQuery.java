package io.tickhub.benchmarks.latency;

import io.tickhub.benchmarks.rig.Goal;
import io.tickhub.benchmarks.rig.PercentileSeries;
import io.tickhub.benchmarks.rig.PercentileSeries.Timed;
import io.tickhub.benchmarks.rig.Report;
import io.tickhub.benchmarks.rig.Stage;
import io.tickhub.benchmarks.rig.Ticker;
import io.tickhub.benchmarks.rig.Trial;
import io.tickhub.client.MarketDataClient;
import io.tickhub.drill.rig.Await;
import io.tickhub.model.Json;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Symbol;
import java.time.Duration;
import java.util.List;

/**
 * How soon a client has the statistics of all of 1,000 symbols, every page of the answer, one request at a time; nothing is published
 * meanwhile. The baseline is PING. No state.
 */
public final class StatisticsQuery {

    private static final int HEAP_MEGABYTES = 512;
    private static final int TICKS_PER_SYMBOL = 20;
    private static final int PROMISED_MILLIS = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private StatisticsQuery() {}

    /** Takes two minutes. */
    public static Report measure(Trial trial) throws InterruptedException {
        int symbols = trial.effort().choose(1_000, 50);
        int calls = trial.effort().choose(500, 50);
        try (Stage stage = Stage.empty(symbols, HEAP_MEGABYTES, trial.logs())) {
            stage.crew().start("aggregator-1", "hub-1");
            MarketDataClient client = stage.connect("benchmark-stats");
            trial.tell("publishing %d ticks of each of %,d symbols, and waiting until they are counted"
                    .formatted(TICKS_PER_SYMBOL, symbols));
            publish(stage);
            Await.until(
                    "every tick of every symbol is counted", PATIENCE, () -> counted(client.statistics()) == symbols);
            Caller ping = client::ping;
            Caller stats = () -> requireAll(symbols, client.statistics());
            List<PercentileSeries> all = PercentileSeries.alternate(
                    trial,
                    List.of(
                            new Timed("baseline: PING", () -> ping.time(calls)),
                            new Timed("GET_STATS, %,d symbols".formatted(symbols), () -> stats.time(calls))));
            return PercentileSeries.compare("STATISTICS OF ALL SYMBOLS", all)
                    .withGoal(Goal.atMost(
                            PROMISED_MILLIS,
                            "GET_STATS of %,d symbols, p50 in ms".formatted(symbols),
                            all.getLast().p50().median()))
                    .withRemark(
                            "the statistics are %,d bytes of JSON".formatted(Json.write(client.statistics()).length));
        }
    }

    private static void publish(Stage stage) {
        try (Ticker ticker = new Ticker(stage.kafka())) {
            ticker.find(stage.symbols());
            for (Symbol symbol : stage.symbols()) {
                ticker.publishHistory(symbol, TICKS_PER_SYMBOL);
            }
        }
    }

    /** Of how many symbols all ticks are counted. */
    private static long counted(List<PriceStats> all) {
        return all.stream().filter(stats -> stats.count() == TICKS_PER_SYMBOL).count();
    }

    private static void requireAll(int symbols, List<PriceStats> all) {
        if (counted(all) != symbols) {
            throw new IllegalStateException(
                    "the statistics of %d of %d symbols are there".formatted(counted(all), symbols));
        }
    }
}
