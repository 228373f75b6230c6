package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A live stream as a browser has it. Its thread collects the events; the test looks at them. */
final class EventStream implements AutoCloseable {

    /** One event; the id is empty where it has none. */
    record Event(String name, String id, String data) {}

    private final Stream<String> lines;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private volatile boolean ended;

    private EventStream(Stream<String> lines) {
        this.lines = lines;
    }

    static EventStream open(HttpClient client, HttpRequest request) {
        try {
            HttpResponse<Stream<String>> response = client.send(request, HttpResponse.BodyHandlers.ofLines());
            assertThat(response.statusCode()).as("status of the stream").isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
            EventStream stream = new EventStream(response.body());
            Thread.ofVirtual().start(stream::read);
            return stream;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while a stream was opened", e);
        }
    }

    /** All events of a kind so far. */
    List<Event> events(String name) {
        return events.stream().filter(event -> event.name().equals(name)).toList();
    }

    /** The offsets of a symbol's ticks so far. */
    List<Long> offsets(String symbol) {
        return events("tick").stream()
                .map(event -> Web.checked(event.data(), "Tick"))
                .filter(tick -> tick.get("symbol").equals(symbol))
                .map(tick -> ((Number) tick.get("offset")).longValue())
                .toList();
    }

    Event await(String what, String name, Predicate<Map<?, ?>> wanted) {
        Market.await(what, () -> find(name, wanted).isPresent());
        return find(name, wanted).orElseThrow();
    }

    /** Waits for a tick and returns its id. */
    String awaitTick(String symbol, long offset) {
        return await(
                        symbol + "@" + offset + " on the stream",
                        "tick",
                        tick -> tick.get("symbol").equals(symbol)
                                && ((Number) tick.get("offset")).longValue() == offset)
                .id();
    }

    boolean isEnded() {
        return ended;
    }

    @Override
    public void close() {
        lines.close();
    }

    private Optional<Event> find(String name, Predicate<Map<?, ?>> wanted) {
        return events(name).stream()
                .filter(event -> wanted.test(Json.read(event.data().getBytes(StandardCharsets.UTF_8), Map.class)))
                .findFirst();
    }

    private void read() {
        String[] id = {""};
        String[] name = {"message"};
        try {
            lines.forEach(line -> {
                if (line.startsWith("id: ")) {
                    id[0] = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    name[0] = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    events.add(new Event(name[0], id[0], line.substring(6)));
                    id[0] = "";
                }
            });
        } catch (UncheckedIOException e) {
            // The test has closed it, or the gateway has.
        }
        ended = true;
    }
}
