package io.tickhub.benchmarks.latency;

import io.tickhub.benchmarks.peer.Peer;
import io.tickhub.benchmarks.peer.PeerProcess;
import io.tickhub.benchmarks.peer.PeerTask;
import io.tickhub.benchmarks.rig.Goal;
import io.tickhub.benchmarks.rig.PercentileSeries;
import io.tickhub.benchmarks.rig.PercentileSeries.Timed;
import io.tickhub.benchmarks.rig.Report;
import io.tickhub.benchmarks.rig.Stage;
import io.tickhub.benchmarks.rig.Trial;
import io.tickhub.client.MarketDataClient;
import io.tickhub.model.Command;
import io.tickhub.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The time of a request and its reply, one at a time: PING over hub-client to a hub, compared with a raw echo over two topics and with
 * Spring for Apache Kafka on both sides. All three answer in JVMs of their own with the same flags and one thread, all stay alive
 * throughout, their topics have as many partitions, and the same bytes are asked. No state.
 */
public final class RoundTrip {

    private static final int HEAP_MEGABYTES = 512;
    private static final double OF_THE_ECHO = 1.3;
    private static final String CLIENT = "benchmark-ping";

    private RoundTrip() {}

    /** Takes three minutes. */
    public static Report measure(Trial trial) throws InterruptedException {
        int calls = trial.effort().choose(5_000, 200);
        try (Stage stage = Stage.empty(1, HEAP_MEGABYTES, trial.logs())) {
            stage.crew().start("hub-1", Map.of("TICKHUB_HUB_WORKERS", "1"));
            MarketDataClient client = stage.connect(CLIENT);
            byte[] request = Json.write(new Command.Ping(client.config().client()));
            PeerTask echo = start(stage, Peer.ECHO, trial);
            PeerTask listener = start(stage, Peer.SPRING_LISTENER, trial);
            Caller hub = client::ping;
            Caller raw = stage.own(new EchoCaller(stage.kafka(), echo, request));
            Caller spring =
                    stage.own(new SpringCaller(stage.kafka(), listener, new String(request, StandardCharsets.UTF_8)));
            return report(PercentileSeries.alternate(
                    trial,
                    List.of(
                            new Timed("baseline: a raw echo", () -> raw.time(calls)),
                            new Timed("PING over hub-client", () -> hub.time(calls)),
                            new Timed("Spring's template and listener", () -> spring.time(calls)))));
        }
    }

    private static PeerTask start(Stage stage, Peer peer, Trial trial) throws InterruptedException {
        PeerTask task = PeerTask.answering(peer, stage.kafka());
        stage.system().createTopics(List.of(task.requests(), task.replies()));
        stage.own(PeerProcess.start(task, trial.logs()));
        return task;
    }

    private static Report report(List<PercentileSeries> all) {
        PercentileSeries hub = all.get(1);
        PercentileSeries spring = all.get(2);
        return PercentileSeries.compare("REQUEST AND REPLY", all)
                .withGoal(Goal.atMost(
                        OF_THE_ECHO,
                        "PING to a raw echo, p50",
                        hub.p50().ratioTo(all.getFirst().p50())))
                .withGoal(Goal.atMost(1, "PING to Spring, p50", hub.p50().ratioTo(spring.p50())))
                .withGoal(Goal.atMost(1, "PING to Spring, p99", hub.p99().ratioTo(spring.p99())));
    }
}
