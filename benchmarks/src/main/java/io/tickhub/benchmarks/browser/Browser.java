package io.tickhub.benchmarks.browser;

import io.tickhub.model.Symbol;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One live stream of some symbols, and how old each tick was when it came. Thread safe. It owns its stream. */
final class Browser implements AutoCloseable {

    private static final String TIME = "\"timestamp\":\"";

    private final CompletableFuture<Stream<String>> lines;
    private final ConcurrentLinkedQueue<Long> agesMillis = new ConcurrentLinkedQueue<>();
    private final AtomicInteger conflated = new AtomicInteger();

    private Browser(HttpClient client, int port, List<Symbol> symbols) {
        String names = symbols.stream().map(Symbol::name).collect(Collectors.joining(","));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/stream?symbols=" + names))
                .build();
        lines = client.sendAsync(request, HttpResponse.BodyHandlers.ofLines()).thenApply(HttpResponse::body);
        var unused = lines.thenAccept(stream -> Thread.ofVirtual().start(() -> read(stream)));
    }

    /** @param symbols whose names need no escape in an address */
    static Browser open(HttpClient client, int port, List<Symbol> symbols) {
        return new Browser(client, port, symbols);
    }

    /** How old each tick was that came since this was last asked, in milliseconds. */
    List<Long> takeAges() {
        List<Long> taken = new ArrayList<>();
        for (Long age = agesMillis.poll(); age != null; age = agesMillis.poll()) {
            taken.add(age);
        }
        return taken;
    }

    /** @throws CompletionException if the gateway did not answer */
    boolean hasTicks() {
        if (lines.isCompletedExceptionally()) {
            var unused = lines.join();
        }
        return !agesMillis.isEmpty();
    }

    /** Whether it was too slow for every tick. */
    boolean isConflated() {
        return conflated.get() > 0;
    }

    @Override
    public void close() {
        var unused = lines.thenAccept(Stream::close);
    }

    private void read(Stream<String> stream) {
        boolean[] tick = {false};
        try {
            stream.forEach(line -> {
                if (line.startsWith("event: ")) {
                    tick[0] = line.endsWith("tick");
                    if (line.endsWith("conflated")) {
                        conflated.incrementAndGet();
                    }
                } else if (tick[0] && line.startsWith("data: ")) {
                    agesMillis.add(age(line));
                }
            });
        } catch (UncheckedIOException e) {
            // It was closed.
        }
    }

    private static long age(String json) {
        int from = json.indexOf(TIME) + TIME.length();
        return System.currentTimeMillis()
                - Instant.parse(json.substring(from, json.indexOf('"', from))).toEpochMilli();
    }
}
