package io.tickhub.benchmarks.latency;

import io.tickhub.benchmarks.peer.FeedPlan;
import io.tickhub.benchmarks.peer.Peer;
import io.tickhub.benchmarks.peer.PeerProcess;
import io.tickhub.benchmarks.peer.PeerTask;
import io.tickhub.benchmarks.rig.Goal;
import io.tickhub.benchmarks.rig.PercentileSeries;
import io.tickhub.benchmarks.rig.PercentileSeries.Timed;
import io.tickhub.benchmarks.rig.Percentiles;
import io.tickhub.benchmarks.rig.Report;
import io.tickhub.benchmarks.rig.Stage;
import io.tickhub.benchmarks.rig.Ticker;
import io.tickhub.benchmarks.rig.Trial;
import io.tickhub.client.SubscriptionRequest;
import io.tickhub.drill.rig.Await;
import io.tickhub.model.ClientId;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.KafkaConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * How old a tick is when its subscriber has it, read committed: 1,000 ticks a second of ten symbols, one each millisecond, go through a
 * hub with one worker, or through Kafka Streams with one thread, exactly once; or Kafka's own tool sends and reads. For one thread; does
 * not own the stage.
 *
 * <p>Hub and Streams are on the same broker and stay alive throughout, so that both are warm. Each has tick topics of its own, of
 * the same kind, or each would work in the other's turn.
 */
public final class TickLatency {

    private static final int SYMBOLS = 10;
    private static final int HEAP_MEGABYTES = 512;
    private static final Topics PEER = new Topics("peer-");
    private static final double OF_STREAMS = 0.5;
    private static final double OF_THE_TOOL = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final Trial trial;
    private final Stage stage;
    private final Duration leadIn;
    private final Duration noted;

    private TickLatency(Trial trial, Stage stage) {
        this.trial = trial;
        this.stage = stage;
        this.leadIn = trial.effort().choose(Duration.ofSeconds(2), Duration.ofMillis(500));
        this.noted = trial.effort().choose(Duration.ofSeconds(20), Duration.ofSeconds(3));
    }

    /** Takes nine minutes. */
    public static Report measure(Trial trial) throws InterruptedException {
        try (Stage stage = Stage.empty(SYMBOLS, HEAP_MEGABYTES, trial.logs())) {
            return new TickLatency(trial, stage).measure();
        }
    }

    private Report measure() throws InterruptedException {
        stage.crew().start("hub-1", Map.of("TICKHUB_HUB_WORKERS", "1"));
        KafkaConfig peer = new KafkaConfig(stage.kafka().bootstrapServers(), PEER, Map.of());
        startStreams(peer);
        SubscriptionRequest live = SubscriptionRequest.to(stage.symbols());
        Way streams = new PlainWay(peer, PeerTask.FORWARDED);
        Way feed = new HubWay(stage.connect("latency-feed"), live);
        Way direct = new HubWay(stage.connect("latency-direct"), live.direct());
        EndToEndTool tool = new EndToEndTool(
                stage.kafka().bootstrapServers(), trial.effort().choose(10_000, 500), trial.logs());
        return report(PercentileSeries.alternate(
                trial,
                List.of(
                        new Timed(
                                "baseline: Kafka Streams, exactly once, commits each 10 ms", () -> time(peer, streams)),
                        new Timed("hub, by a feed", () -> time(stage.kafka(), feed)),
                        new Timed("hub, direct", () -> time(stage.kafka(), direct)),
                        new Timed("Kafka's EndToEndLatency", tool::run))));
    }

    private void startStreams(KafkaConfig peer) throws InterruptedException {
        List<Topics.Spec> topics =
                new ArrayList<>(stage.symbols().stream().map(PEER::ticks).toList());
        Topics.Spec feed = PEER.feed(new ClientId("latency"), 1);
        topics.add(new Topics.Spec(
                PeerTask.FORWARDED, feed.partitions(), feed.cleanup(), feed.retention(), feed.maxMessageBytes()));
        stage.system().createTopics(topics);
        PeerTask task = new PeerTask(
                Peer.STREAMS_FORWARDING_PROMPTLY, peer.bootstrapServers(), "latency-streams", new FeedPlan(PEER, 1));
        stage.own(PeerProcess.start(task, trial.logs()));
    }

    /** One subscriber, and a producer that does not linger, both new. */
    private Percentiles time(KafkaConfig kafka, Way way) throws InterruptedException {
        TickAges ages = new TickAges();
        Way.Reading reading = way.begin(ages);
        try (reading;
                Ticker ticker = new Ticker(kafka.with(Map.of(ProducerConfig.LINGER_MS_CONFIG, "0")))) {
            ticker.find(stage.symbols());
            ages.noteFrom(Instant.now().plus(leadIn));
            ticker.beginEvenly(stage.symbols());
            Thread.sleep(leadIn.plus(noted));
            ticker.end();
            long published = ticker.appended().size();
            Await.until(
                    () -> "all %,d ticks have come; %,d have".formatted(published, ages.ticks()),
                    PATIENCE,
                    () -> ages.ticks() == published);
        }
        return ages.noted().percentiles();
    }

    private static Report report(List<PercentileSeries> all) {
        PercentileSeries streams = all.getFirst();
        PercentileSeries feed = all.get(1);
        return PercentileSeries.compare("FROM SEND TO SUBSCRIBER", all)
                .withGoal(Goal.atMost(
                        OF_STREAMS, "feed to Kafka Streams, p50", feed.p50().ratioTo(streams.p50())))
                .withGoal(Goal.atMost(
                        OF_STREAMS, "feed to Kafka Streams, p99", feed.p99().ratioTo(streams.p99())))
                .withGoal(Goal.atMost(
                        OF_THE_TOOL,
                        "feed to EndToEndLatency, p99",
                        feed.p99().ratioTo(all.getLast().p99())))
                .withRemark("EndToEndLatency tells whole milliseconds, rounded down; where it tells 0, 1 is taken");
    }
}
