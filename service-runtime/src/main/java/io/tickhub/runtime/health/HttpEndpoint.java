package io.tickhub.runtime.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/**
 * Serves {@code /metrics}, {@code /health/live} and {@code /health/ready}. Thread safe. It owns its server and its threads.
 *
 * <p>Live means that no thread has died; ready, that the service does its work now. Both answer 200 or 503.
 */
public final class HttpEndpoint implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    /** @throws UncheckedIOException if the address cannot be bound */
    public HttpEndpoint(
            String host, int port, PrometheusMeterRegistry registry, BooleanSupplier live, BooleanSupplier ready) {
        InetSocketAddress bound = new InetSocketAddress(host, port);
        try {
            if (bound.isUnresolved()) {
                throw new UnknownHostException("the host is not known");
            }
            server = HttpServer.create(bound, 0);
        } catch (IOException e) {
            executor.close();
            throw new UncheckedIOException(
                    "port " + port + " of " + host + " cannot be used for metrics and health (" + e.getMessage()
                            + "); set TICKHUB_HTTP_PORT or TICKHUB_HTTP_HOST to another one",
                    e);
        }
        server.setExecutor(executor);
        server.createContext("/metrics", exchange -> answer(exchange, 200, registry.scrape()));
        server.createContext("/health/live", exchange -> answer(exchange, live));
        server.createContext("/health/ready", exchange -> answer(exchange, ready));
    }

    public void start() {
        server.start();
    }

    /** The port in use, also where any free one was asked for. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** The address to which it is bound. */
    InetAddress address() {
        return server.getAddress().getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private static void answer(HttpExchange exchange, BooleanSupplier healthy) throws IOException {
        boolean yes = healthy.getAsBoolean();
        answer(exchange, yes ? 200 : 503, yes ? "{\"status\":\"UP\"}\n" : "{\"status\":\"DOWN\"}\n");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", body.startsWith("{") ? "application/json" : "text/plain");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
