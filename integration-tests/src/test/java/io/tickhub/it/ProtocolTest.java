package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.model.Command;
import io.tickhub.model.ErrorCode;
import io.tickhub.model.FeedEvent;
import io.tickhub.model.Headers;
import io.tickhub.model.Reply;
import io.tickhub.model.Tick;
import io.tickhub.model.TickCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What {@code docs/protocol.md} shows is what crosses the wire. */
class ProtocolTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    static List<WireExample> examples() throws IOException {
        return WireExample.ofProtocol();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleIsReadAndWrittenBack(WireExample example) {
        if (example.read() instanceof Tick tick) {
            // Decimals and times have several forms in a tick; what they say must stay.
            JsonNode written = JSON.readTree(new TickCodec().encode(tick));
            assertThat(WireExample.Kind.TICK.read(written)).isEqualTo(tick);
            assertThat(written.propertyNames())
                    .containsExactlyElementsOf(example.json().propertyNames());
        } else {
            ObjectNode written = example.readAndWritten().deepCopy().asObject();
            // What a command leaves out is written with its default.
            written.retain(Set.copyOf(example.json().propertyNames()));
            assertThat(withoutEmptyLists(written)).isEqualTo(withoutEmptyLists(example.json()));
        }
    }

    @Test
    void everyCommandAndReplyHasAnExample() throws IOException {
        assertThat(examples().stream().map(WireExample::read).map(Object::getClass))
                .containsAll(List.<Class<?>>of(Command.class.getPermittedSubclasses()))
                .containsAll(List.<Class<?>>of(Reply.class.getPermittedSubclasses()));
    }

    @Test
    void theTablesListEveryErrorAndEvent() throws IOException {
        assertThat(firstCells("### ERROR")).containsExactly(names(Arrays.stream(ErrorCode.values())));
        assertThat(firstCells("### Events")).startsWith(names(Arrays.stream(FeedEvent.Kind.values())));
    }

    @Test
    void theTablesListTheHeaders() throws IOException {
        assertThat(firstCells("## Requests"))
                .containsExactly(
                        Headers.CORRELATION_ID,
                        Headers.REPLY_TOPIC,
                        Headers.REPLY_PARTITION,
                        Headers.TIME_TO_LIVE,
                        Headers.TRACE_PARENT);
        assertThat(firstCells("## Feeds"))
                .containsExactly(
                        Headers.SUBSCRIPTION, Headers.COVERS, Headers.OFFSET, Headers.EVENT, Headers.TRACE_PARENT);
    }

    private static String[] names(Stream<? extends Enum<?>> constants) {
        return constants.map(Enum::name).toArray(String[]::new);
    }

    /** What stands between backquotes in the first column of the first table after a heading. */
    private static List<String> firstCells(String heading) throws IOException {
        Pattern cell = Pattern.compile("^\\| `(\\w+)` \\|.*");
        return Files.readString(Path.of("../docs/protocol.md"))
                .lines()
                .dropWhile(line -> !line.equals(heading))
                .dropWhile(line -> !line.startsWith("|"))
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .map(cell::matcher)
                .filter(matcher -> matcher.matches())
                .map(matcher -> matcher.group(1))
                .toList();
    }

    /** A list that may be left out is the same as an empty one. */
    private static JsonNode withoutEmptyLists(JsonNode json) {
        return switch (json) {
            case ObjectNode object -> {
                ObjectNode copy = JSON.createObjectNode();
                object.forEachEntry((name, value) -> {
                    if (!value.isArray() || !value.isEmpty()) {
                        copy.set(name, withoutEmptyLists(value));
                    }
                });
                yield copy;
            }
            case ArrayNode array -> {
                ArrayNode copy = JSON.createArrayNode();
                array.forEach(value -> copy.add(withoutEmptyLists(value)));
                yield copy;
            }
            default -> json;
        };
    }
}
