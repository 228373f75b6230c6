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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One live stream of some symbols, how old each tick was when it came, and what went wrong. Thread safe. It owns its stream. */
final class Browser implements AutoCloseable {

    private static final String TIME = "\"timestamp\":\"";
    private static final String EVENT = "event: ";
    private static final String DATA = "data: ";

    /** Events after which ticks are missing. */
    private static final Set<String> FAULTS = Set.of("conflated", "lost", "closed");

    private final CompletableFuture<Stream<String>> lines;
    private final ConcurrentLinkedQueue<Long> agesMillis = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
    private volatile boolean closing;

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

    /** Why it has not had every tick: the gateway's word for it, with its reason. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    @Override
    public void close() {
        closing = true;
        var unused = lines.thenAccept(Stream::close);
    }

    private void read(Stream<String> stream) {
        String[] event = {""};
        try {
            stream.forEach(line -> {
                if (line.startsWith(EVENT)) {
                    event[0] = line.substring(EVENT.length());
                } else if (line.startsWith(DATA)) {
                    take(event[0], line.substring(DATA.length()));
                }
            });
            end("by the gateway");
        } catch (UncheckedIOException e) {
            end(e.getMessage());
        }
    }

    private void take(String event, String json) {
        if (event.equals("tick")) {
            agesMillis.add(age(json));
        } else if (FAULTS.contains(event)) {
            faults.add(event + ": " + json);
        }
    }

    private void end(String cause) {
        if (!closing) {
            faults.add("ended: " + cause);
        }
    }

    private static long age(String json) {
        int from = json.indexOf(TIME) + TIME.length();
        return System.currentTimeMillis()
                - Instant.parse(json.substring(from, json.indexOf('"', from))).toEpochMilli();
    }
}
