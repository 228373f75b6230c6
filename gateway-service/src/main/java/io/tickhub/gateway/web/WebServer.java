package io.tickhub.gateway.web;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import io.micrometer.core.instrument.MeterRegistry;
import io.tickhub.gateway.GatewayMetrics;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The web server: Javalin on virtual threads, so that a live stream simply holds the thread of its request. Thread safe; owns the server.
 */
public final class WebServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
    private static final int MOST_BODY = 16 * 1024;

    private final WebConfig config;
    private final Api api;
    private final EventStreams streams;
    private final Sockets sockets;
    private final MeterRegistry meters;
    private final Origins origins;
    private final Assets assets = new Assets();
    private final Description description = new Description();
    private final Duration idle;
    private final Javalin server;

    /** @param idle after how long a connection that takes or sends nothing is closed */
    public WebServer(
            WebConfig config, Api api, EventStreams streams, Sockets sockets, MeterRegistry meters, Duration idle) {
        this.config = config;
        this.api = api;
        this.streams = streams;
        this.sockets = sockets;
        this.meters = meters;
        this.origins = new Origins(config);
        this.idle = idle;
        this.server = Javalin.create(this::configure);
    }

    /** @throws IllegalStateException if the address cannot be bound */
    public void start() {
        try {
            server.start();
        } catch (JavalinBindException e) {
            throw new IllegalStateException(
                    "the web server cannot listen on port " + config.port() + " of " + config.host()
                            + ": another program does, or there is no such address; TICKHUB_WEB_PORT (--web-port) and TICKHUB_WEB_HOST choose others",
                    e);
        }
        LOG.info("The market is on http://{}:{}/", config.host(), port());
    }

    /** The port, once started. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }

    private void configure(JavalinConfig javalin) {
        javalin.startup.showJavalinBanner = false;
        javalin.startup.showOldJavalinVersionWarning = false;
        javalin.startup.startupWatcherEnabled = false;
        javalin.concurrency.useVirtualThreads = true;
        javalin.http.maxRequestSize = MOST_BODY;
        javalin.http.prefer405over404 = true;
        javalin.jetty.addConnector(this::connector);
        // A symbol such as EUR/USD stands in an address as EUR%2FUSD.
        javalin.jetty.modifyServletContextHandler(
                context -> context.getServletHandler().setDecodeAmbiguousURIs(true));
        javalin.jetty.modifyWebSocketServletFactory(factory -> {
            factory.setMaxTextMessageSize(MOST_BODY);
            factory.setIdleTimeout(idle);
        });
        routes(javalin.routes);
    }

    private Connector connector(Server jetty, HttpConfiguration http) {
        http.setUriCompliance(UriCompliance.DEFAULT.with(
                "symbols",
                UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
                UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING));
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(jetty, new HttpConnectionFactory(http));
        connector.setHost(config.host());
        connector.setPort(config.port());
        connector.setIdleTimeout(idle.toMillis());
        return connector;
    }

    private void routes(RoutesConfig routes) {
        routes.before(this::protect);
        routes.wsBeforeUpgrade(this::protect);
        assets.paths().forEach(path -> routes.get(path, assets::serve));
        for (Route route : Route.values()) {
            switch (route) {
                case SYMBOLS -> routes.get(route.path(), api::symbols);
                case ALL_STATISTICS -> routes.get(route.path(), api::allStatistics);
                case STATISTICS -> routes.get(route.path(), api::statistics);
                case TICKS -> routes.get(route.path(), api::ticks);
                case BARS -> routes.get(route.path(), api::bars);
                case SERVICES -> routes.get(route.path(), api::services);
                case STREAM -> routes.get(route.path(), streams::serve);
                case SOCKET -> routes.ws(route.path(), sockets::configure);
                case DESCRIPTION -> routes.get(route.path(), description::serve);
            }
        }
        routes.exception(ProblemException.class, (e, request) -> refuse(request, e.problem()));
        routes.exception(HttpResponseException.class, (e, request) -> refuse(request, Problem.of(e.getStatus())));
        routes.exception(Exception.class, (e, request) -> {
            LOG.error("{} {} failed", request.method(), request.path(), e);
            refuse(request, Problem.of(500));
        });
    }

    private void protect(Context request) {
        SecurityHeaders.set(request);
        Optional<String> origin = Optional.ofNullable(request.header("Origin"));
        origins.refusal(Optional.ofNullable(request.header("Host")), origin).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
        origin.filter(origins::isForeignButAllowed).ifPresent(page -> {
            request.header("Access-Control-Allow-Origin", page);
            request.header("Vary", "Origin");
        });
    }

    private void refuse(Context request, Problem problem) {
        GatewayMetrics.REFUSED
                .counter()
                .tag("status", Integer.toString(problem.status()))
                .register(meters)
                .increment();
        Answers.problem(request, problem);
    }
}
