package io.tickhub.benchmarks.command;

import io.tickhub.benchmarks.rig.Goal;
import io.tickhub.benchmarks.rig.Latencies;
import io.tickhub.benchmarks.rig.Report;
import io.tickhub.benchmarks.rig.Stage;
import io.tickhub.benchmarks.rig.Ticker;
import io.tickhub.benchmarks.rig.Trial;
import io.tickhub.drill.rig.Await;
import io.tickhub.model.Command;
import io.tickhub.model.Symbol;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * How soon 2,000 requests a second of 100 clients are answered by two hubs: PING and GET_STATS nine times of ten, else SUBSCRIBE and
 * UNSUBSCRIBE; then the same while one of the hubs is killed. The baseline is a tenth of the rate. Times count from when a request was
 * due, not from when it could be sent.
 */
public final class CommandRate {

    private static final int SYMBOLS = 20;
    private static final int CLIENTS = 100;
    private static final int REQUESTS_PER_SECOND = 2_000;
    private static final int PROMISED_MILLIS = 50;

    /** So long the JVMs compile: while they do, that takes half of the processors' time. */
    private static final Duration WARM_UP = Duration.ofMinutes(2);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Trial trial;
    private final Stage stage;
    private final CommandLoad load;

    private CommandRate(Trial trial, Stage stage, CommandLoad load) {
        this.trial = trial;
        this.stage = stage;
        this.load = load;
    }

    /** Takes five minutes. */
    public static Report measure(Trial trial) throws InterruptedException {
        try (Stage stage = Stage.open(SYMBOLS, trial.logs())) {
            Effects.keepAll(stage.system().admin(), stage.kafka().topics());
            Ticker ticker = stage.own(new Ticker(stage.kafka()));
            for (Symbol symbol : stage.symbols()) {
                ticker.publishHistory(symbol, 100);
            }
            Await.until(
                    "all symbols have statistics",
                    PATIENCE,
                    () -> stage.system().stats().values().size() == SYMBOLS);
            Requester requester = stage.own(new Requester(stage.kafka()));
            return new CommandRate(trial, stage, new CommandLoad(requester, CLIENTS, stage.symbols())).measure();
        }
    }

    private Report measure() {
        Duration measured = trial.effort().choose(Duration.ofSeconds(30), Duration.ofSeconds(3));
        trial.tell("%d clients subscribe for the first time, and the services warm up".formatted(CLIENTS));
        Latencies first = latencies(load.begin());
        List<Answer> unused = load.run(REQUESTS_PER_SECOND, trial.effort().choose(WARM_UP, Duration.ofSeconds(1)));
        trial.tell("measuring");
        Latencies baseline = latencies(load.run(REQUESTS_PER_SECOND / 10, measured));
        List<Answer> full = load.run(REQUESTS_PER_SECOND, measured);
        trial.tell("and again; hub-1 is killed after %d s".formatted(measured.toSeconds() / 3));
        CompletableFuture<Void> kill = CompletableFuture.runAsync(
                () -> stage.crew().kill("hub-1"),
                CompletableFuture.delayedExecutor(measured.toSeconds() / 3, TimeUnit.SECONDS));
        List<Answer> killed = load.run(REQUESTS_PER_SECOND, measured);
        var unusedNothing = kill.join();
        return report(first, baseline, full, killed);
    }

    private Report report(Latencies first, Latencies baseline, List<Answer> full, List<Answer> killed) {
        Latencies all = latencies(full);
        Report report = Report.of("REQUESTS", "TIMES", "P50", "P99", "MAX", "P99 / BASELINE")
                .withTimes("baseline: 200 a second", baseline, baseline)
                .withTimes("2,000 a second", all, baseline)
                .withTimes("  PING", of(full, Command.Ping.class), baseline)
                .withTimes("  GET_STATS", of(full, Command.GetStats.class), baseline)
                .withTimes("  SUBSCRIBE", of(full, Command.Subscribe.class), baseline)
                .withTimes("  UNSUBSCRIBE", of(full, Command.Unsubscribe.class), baseline)
                .withTimes("first SUBSCRIBE, all at once: feeds are made", first, baseline)
                .withTimes("2,000 a second, one hub killed", latencies(killed), baseline)
                .withGoal(Goal.atMost(PROMISED_MILLIS, "p99 of 2,000 requests a second, in ms", all.p99()))
                .withRemark("%,d requests were sent more than once"
                        .formatted(killed.stream()
                                .filter(answer -> answer.attempts() > 1)
                                .count()));
        long refused =
                load.notable().stream().filter(answer -> !answer.isGood()).count();
        if (load.lost() + refused > 0) {
            report = report.withFailure(
                    "%,d requests were never answered, %,d refused: %s".formatted(load.lost(), refused, refusals()));
        }
        List<String> complaints = Effects.read(stage.kafka()).complaints(load.notable());
        return complaints.isEmpty()
                ? report.withRemark("every SUBSCRIBE and UNSUBSCRIBE had exactly one effect")
                : report.withFailure("%,d changes had not exactly one effect; the first: %s"
                        .formatted(complaints.size(), complaints.getFirst()));
    }

    private List<String> refusals() {
        return load.notable().stream()
                .filter(answer -> !answer.isGood())
                .map(answer -> answer.refusal().toString())
                .distinct()
                .limit(3)
                .toList();
    }

    private static Latencies of(List<Answer> answers, Class<? extends Command> kind) {
        return latencies(answers.stream()
                .filter(answer -> kind.isInstance(answer.command()))
                .toList());
    }

    private static Latencies latencies(List<Answer> answers) {
        return Latencies.of(answers.stream().map(Answer::millis).toList());
    }
}
