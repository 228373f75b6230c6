package io.tickhub.gateway.stream;

import io.tickhub.gateway.tape.Place;
import io.tickhub.gateway.tape.TapeItem;
import io.tickhub.model.Json;
import java.util.Optional;

/**
 * One message of a stream. Immutable.
 *
 * @param event what it is
 * @param place where a browser that has it can resume; empty where it is no event of the feed
 * @param json what it says, one line
 */
public record Frame(Event event, Optional<Place> place, String json) {

    /** Kinds of messages. */
    public enum Event {
        /** A trade. */
        TICK("tick"),
        /** Something about a symbol. */
        NOTICE("notice"),
        /** The statistics of a symbol have changed. */
        STATS("stats"),
        /** Whether prices come. */
        STATE("state"),
        /** The stream was too slow for every tick, and is conflated from now on. */
        CONFLATED("conflated"),
        /** The place to resume from is not known any more: ticks may be missing before the next one. */
        LOST("lost"),
        /** The WebSocket's symbols have changed. */
        SUBSCRIBED("subscribed"),
        /** The WebSocket's last message could not be used. */
        ERROR("error"),
        /** The gateway ends this stream. */
        CLOSED("closed");

        private final String text;

        Event(String text) {
            this.text = text;
        }

        /** As it is sent. */
        public String text() {
            return text;
        }
    }

    private record Reason(String reason) {}

    /** An event of the feed. Only ticks are places to resume from: what comes with a tick stands before it at the same offset. */
    static Frame of(TapeItem item) {
        return switch (item.kind()) {
            case TICK -> new Frame(Event.TICK, Optional.of(item.place()), item.json());
            case NOTICE -> new Frame(Event.NOTICE, Optional.empty(), item.json());
        };
    }

    /** A message that is no event of the feed. */
    public static Frame of(Event event, Object body) {
        return new Frame(event, Optional.empty(), Json.writeLine(body));
    }

    /** A message that gives a reason: one sentence for a person. */
    public static Frame because(Event event, String reason) {
        return of(event, new Reason(reason));
    }
}
