package io.tickhub.gateway.web;

import io.tickhub.model.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** What a program says on a WebSocket. Immutable. */
sealed interface SocketMessage {

    /** These symbols too; with an interval, for all symbols of the socket, at most one tick of each in so much time. */
    record Subscribe(List<String> symbols, Optional<Duration> interval) implements SocketMessage {}

    /** These symbols no longer. */
    record Unsubscribe(List<String> symbols) implements SocketMessage {}

    /** As it comes. */
    record Form(Optional<String> type, Optional<List<String>> symbols, Optional<Integer> conflate) {}

    /** @throws IllegalArgumentException if it is none; the message is one sentence for a person */
    static SocketMessage parse(String text) {
        Form form;
        try {
            form = Json.read(text.getBytes(StandardCharsets.UTF_8), Form.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "a message is JSON such as {\"type\":\"subscribe\",\"symbols\":[\"AAPL\"],\"conflate\":250}", e);
        }
        List<String> symbols = form.symbols()
                .filter(names -> !names.isEmpty() && !names.contains(null))
                .orElseThrow(() -> new IllegalArgumentException("\"symbols\" must name at least one symbol"));
        return switch (form.type().orElse("")) {
            case "subscribe" -> new Subscribe(symbols, form.conflate().map(Duration::ofMillis));
            case "unsubscribe" -> new Unsubscribe(symbols);
            default -> throw new IllegalArgumentException("\"type\" must be \"subscribe\" or \"unsubscribe\"");
        };
    }
}
