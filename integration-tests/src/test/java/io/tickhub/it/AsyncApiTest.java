package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.it.WireExample.Kind;
import io.tickhub.model.Command;
import io.tickhub.model.FeedEvent;
import io.tickhub.model.Headers;
import io.tickhub.model.Reply;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What {@code docs/asyncapi.yaml} says is what the codec does, no more and no less. */
class AsyncApiTest {

    private static final AsyncApi API = AsyncApi.read();

    static Collection<WireRecord> records() {
        return WireRecord.all();
    }

    static List<WireExample> examples() throws IOException {
        return WireExample.ofProtocol();
    }

    static List<WireExample> incoming() throws IOException {
        return examples().stream()
                .filter(example -> example.kind() == Kind.COMMAND || example.kind() == Kind.TICK)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("records")
    void aSchemaHasTheComponentsOfItsRecord(WireRecord wire) {
        JsonNode schema = API.schema(wire.schemaName());

        assertThat(bare(schema.get("properties").deepCopy().asObject())).isEqualTo(wire.properties());
    }

    /** Of what Tickhub writes; what it reads is tried out below. */
    @ParameterizedTest
    @MethodSource("records")
    void aSchemaRequiresWhatIsAlwaysThere(WireRecord wire) {
        if (!wire.isIncoming()) {
            assertThat(texts(API.schema(wire.schemaName()).get("required"))).isEqualTo(wire.alwaysThere());
        }
    }

    @ParameterizedTest
    @MethodSource("incoming")
    void aSchemaRequiresWhatCannotBeLeftOut(WireExample example) {
        Set<String> required = texts(API.schema(WireRecord.schemaName(example)).get("required"));
        for (String name : example.json().propertyNames()) {
            WireExample without = without(example, name);
            if (required.contains(name)) {
                assertThatThrownBy(without::read)
                        .as("%s without %s", example, name)
                        .isNotNull();
            } else {
                assertThatCode(without::read).as("%s without %s", example, name).doesNotThrowAnyException();
            }
        }
    }

    @Test
    void theExamplesShowEveryFieldOfWhatIsRead() throws IOException {
        Set<String> shown = incoming().stream()
                .flatMap(example -> example.json().propertyNames().stream()
                        .map(name -> WireRecord.schemaName(example) + "." + name))
                .collect(Collectors.toSet());
        assertThat(WireRecord.all().stream()
                        .filter(WireRecord::isIncoming)
                        .flatMap(wire ->
                                wire.properties().propertyNames().stream().map(name -> wire.schemaName() + "." + name)))
                .isSubsetOf(shown);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleIsOfItsSchemaAndNothingElseIs(WireExample example) {
        String schema = WireRecord.schemaName(example);
        assertThat(API.complaints(schema, example.json())).isEmpty();

        for (String name : example.json().propertyNames()) {
            ObjectNode wrong = example.json().deepCopy().asObject();
            wrong.putArray(name).addArray();
            assertThat(API.complaints(schema, wrong))
                    .as("%s, %s is a list of lists", schema, name)
                    .isNotEmpty();
        }
        for (String name : texts(API.schema(schema).get("required"))) {
            assertThat(API.complaints(schema, without(example, name).json()))
                    .as("%s without %s", schema, name)
                    .isNotEmpty();
        }
    }

    @Test
    void everySchemaIsOfARecordOrOfHeaders() {
        Set<String> known =
                WireRecord.all().stream().map(WireRecord::schemaName).collect(Collectors.toSet());
        API.schemas().forEach((name, schema) -> {
            if (schema.path("type").asString("").equals("object")) {
                assertThat(known.contains(name) || name.endsWith("Headers"))
                        .as("%s is the schema of something", name)
                        .isTrue();
            }
        });
    }

    @Test
    void theChannelsCarryEveryCommandAndReply() {
        assertThat(types("commands")).isEqualTo(without("SHUTDOWN", WireRecord.typeNames(Command.class)));
        assertThat(types("ownCommands")).isEqualTo(types("commands"));
        assertThat(types("adminCommands")).containsExactly("SHUTDOWN");
        assertThat(types("replies")).isEqualTo(WireRecord.typeNames(Reply.class));
    }

    @Test
    void theEventsAndHeadersAreThoseOfTheModel() throws IllegalAccessException {
        JsonNode kinds = API.schema("EventKind");
        Set<String> present = texts(kinds.get("enum"));
        assertThat(present)
                .isEqualTo(
                        Arrays.stream(FeedEvent.Kind.values()).map(Enum::name).collect(Collectors.toSet()));

        Set<Object> names = new HashSet<>();
        for (var constant : Headers.class.getFields()) {
            names.add(constant.get(null));
        }
        API.schemas().forEach((name, schema) -> {
            if (name.endsWith("Headers")) {
                assertThat(names).as(name).containsAll(schema.get("properties").propertyNames());
            }
        });
    }

    /** The values of the field {@code type} on a channel. */
    private static Set<String> types(String channel) {
        return API.at("/channels/" + channel + "/messages").propertyNames().stream()
                .map(message -> API.at("/components/messages/" + message + "/payload/$ref")
                        .asString())
                .map(reference -> API.schema(reference.substring(AsyncApi.SCHEMAS.length())))
                .map(schema -> schema.at("/properties/type/const").asString())
                .collect(Collectors.toSet());
    }

    private static Set<String> without(String name, Set<String> names) {
        return names.stream().filter(each -> !each.equals(name)).collect(Collectors.toSet());
    }

    private static WireExample without(WireExample example, String name) {
        ObjectNode copy = example.json().deepCopy().asObject();
        copy.remove(name);
        return new WireExample(example.kind(), copy);
    }

    private static Set<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).collect(Collectors.toCollection(HashSet::new));
    }

    /** The types alone: limits and words are nothing that a record could tell. */
    private static JsonNode bare(ObjectNode properties) {
        properties.forEach(property -> {
            if (property instanceof ObjectNode object) {
                object.remove(List.of("description", "minItems", "maxItems"));
            }
        });
        return properties;
    }
}
