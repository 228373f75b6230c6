package io.tickhub.it;

import io.tickhub.model.Bar;
import io.tickhub.model.Command;
import io.tickhub.model.Decoded;
import io.tickhub.model.FeedEvent;
import io.tickhub.model.InstanceStatus;
import io.tickhub.model.Json;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Reply;
import io.tickhub.model.Symbol;
import io.tickhub.model.TickCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/**
 * One JSON value of {@code docs/protocol.md}: there a block {@code ```json KIND} holds one or more of them. Immutable.
 *
 * @param kind what it is an example of
 * @param json the value
 */
record WireExample(Kind kind, JsonNode json) {

    /** What a value can be, and the codec for it. */
    enum Kind {
        COMMAND,
        REPLY,
        TICK,
        STATS,
        BAR,
        EVENT,
        STATUS;

        /**
         * What the codec makes of it.
         *
         * @throws RuntimeException if it is none of this kind
         */
        Object read(JsonNode json) {
            byte[] bytes = JSON.writeValueAsBytes(json);
            return switch (this) {
                case COMMAND -> Json.read(bytes, Command.class);
                case REPLY -> Json.read(bytes, Reply.class);
                case TICK -> readTick(json, bytes);
                case STATS -> Json.read(bytes, PriceStats.class);
                case BAR -> Json.read(bytes, Bar.class);
                case EVENT -> Json.read(bytes, FeedEvent.class);
                case STATUS -> Json.read(bytes, InstanceStatus.class);
            };
        }
    }

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TickCodec TICKS = new TickCodec();

    /** All examples of the page. */
    static List<WireExample> ofProtocol() throws IOException {
        List<WireExample> examples = new ArrayList<>();
        Pattern block = Pattern.compile("(?ms)^```json (\\w+)\n(.*?)^```$");
        String page = Files.readString(Path.of("../docs/protocol.md"));
        for (MatchResult found : block.matcher(page).results().toList()) {
            Kind kind = Kind.valueOf(found.group(1).toUpperCase(Locale.ROOT));
            try (MappingIterator<JsonNode> values =
                    JSON.readerFor(JsonNode.class).readValues(found.group(2))) {
                values.forEachRemaining(json -> examples.add(new WireExample(kind, json)));
            }
        }
        return examples;
    }

    Object read() {
        return kind.read(json);
    }

    /** What the codec writes after it has read it. */
    JsonNode readAndWritten() {
        return JSON.readTree(Json.write(read()));
    }

    private static Object readTick(JsonNode json, byte[] bytes) {
        Symbol symbol = new Symbol(json.path("symbol").asString("none"));
        return switch (TICKS.decode(symbol, bytes, Instant.now())) {
            case Decoded.Valid valid -> valid.tick();
            case Decoded.Malformed malformed -> throw new IllegalArgumentException(malformed.detail());
        };
    }

    @Override
    public String toString() {
        String text = json.toString();
        return kind + " " + (text.length() <= 100 ? text : text.substring(0, 100) + "...");
    }
}
