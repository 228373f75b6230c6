package io.tickhub.gateway;

import io.tickhub.client.ClientConfig;
import io.tickhub.gateway.status.LagReader;
import io.tickhub.gateway.status.StatusWatch;
import io.tickhub.gateway.stream.Rewind;
import io.tickhub.gateway.stream.StatsNews;
import io.tickhub.gateway.stream.StreamLimits;
import io.tickhub.gateway.stream.Streams;
import io.tickhub.gateway.tape.Board;
import io.tickhub.gateway.tape.FeedTap;
import io.tickhub.gateway.tape.Tape;
import io.tickhub.gateway.web.Api;
import io.tickhub.gateway.web.EventStreams;
import io.tickhub.gateway.web.Sockets;
import io.tickhub.gateway.web.WebServer;
import io.tickhub.model.ClientId;
import io.tickhub.model.DrainState;
import io.tickhub.model.Figures;
import io.tickhub.model.InstanceStatus.State;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Role;
import io.tickhub.runtime.Service;
import io.tickhub.runtime.ServiceRuntime;
import io.tickhub.runtime.drain.DrainParticipant;
import io.tickhub.runtime.table.CompactedTable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A gateway: one client of the hubs, and however many browsers and programs that look at what it gets. Thread safe. It owns its runtime,
 * the feed's thread and the web server.
 *
 * <p>It gets ticks as every client does, through a feed. Statistics it reads from their table, as services do: they are there while no hub
 * is, and nobody is asked for what Kafka hands over anyway.
 */
public final class GatewayService implements Service {

    /** How much longer than for slowness a connection may be idle: so long the reason can still be told. */
    private static final Duration LAST_WORD = Duration.ofSeconds(5);

    /** For the streams to be told that the gateway stops. */
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final ServiceRuntime runtime;
    private final FeedTap tap;
    private final Streams streams;
    private final WebServer web;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean serving;

    public GatewayService(GatewayConfig config) {
        this.runtime = new ServiceRuntime(config.runtime(), Role.GATEWAY, List.of(), this::isReady);
        CompactedTable<PriceStats> statistics = runtime.table(runtime.topics().stats(), PriceStats.class);
        ClientId client = client(config.runtime().instance());
        Tape tape = new Tape(config.events());
        Board board = new Board();
        this.tap = new FeedTap(
                ClientConfig.of(runtime.kafka()).withClient(client).withAtClose(ClientConfig.AtClose.KEEP),
                tape,
                board,
                runtime.meters(),
                runtime::fail);
        StreamLimits limits = new StreamLimits(config.limits());
        this.streams = new Streams(
                tape,
                board,
                new StatsNews(statistics::entries),
                tap::state,
                new Rewind(runtime.kafka(), client),
                limits,
                config.slowAfter(),
                runtime.meters());
        StatusWatch status = new StatusWatch(
                runtime, tap::state, limits::streams, new LagReader(runtime.admin(), runtime.topics(), client));
        Duration idle = config.slowAfter().plus(LAST_WORD);
        this.web = new WebServer(
                config.web(),
                new Api(
                        runtime.tickTopics()::current,
                        statistics,
                        board,
                        status,
                        tap::client,
                        config.limits().symbols()),
                new EventStreams(streams),
                new Sockets(streams, idle),
                runtime.meters(),
                idle);
    }

    @Override
    public void start() {
        runtime.start(new Leave());
        tap.start();
        web.start();
        serving = true;
        var unused = runtime.failure().whenComplete((none, failure) -> ended.completeExceptionally(failure));
    }

    /** Where the page is, once started. */
    public int port() {
        return web.port();
    }

    @Override
    public boolean isReady() {
        return serving && tap.state().isLive();
    }

    @Override
    public CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public void stop() {
        streams.stop("the gateway stops");
        ended.complete(null);
    }

    @Override
    public void close() {
        stop();
        try {
            streams.awaitEnd(GOODBYE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        web.close();
        tap.close();
        runtime.close();
    }

    /** As whom this instance subscribes. The rights of a gateway's user reach as far as names that begin so. */
    static ClientId client(String instance) {
        String name = instance.replaceAll("[^A-Za-z0-9-]", "-");
        String own = name.startsWith(Role.GATEWAY.text()) ? name : Role.GATEWAY.text() + "-" + name;
        return new ClientId(own.substring(0, Math.min(64, own.length())));
    }

    /** It has nothing of its own to finish: what comes is shown until everybody leaves. */
    private final class Leave implements DrainParticipant {

        @Override
        public void follow(DrainState drain) {
            switch (drain.phase()) {
                case STOP_PRODUCERS -> runtime.report(State.DRAINING);
                case CONSUME -> runtime.report(State.DRAINED);
                case EXIT, DONE -> stop();
            }
        }

        @Override
        public Figures figures() {
            return Figures.NONE;
        }
    }
}
