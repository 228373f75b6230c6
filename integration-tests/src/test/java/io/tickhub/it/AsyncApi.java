package io.tickhub.it;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** {@code docs/asyncapi.yaml}, whose schemas are those of JSON Schema's draft 7. Immutable. */
final class AsyncApi {

    static final String SCHEMAS = "#/components/schemas/";

    private final JsonNode document;

    private AsyncApi(JsonNode document) {
        this.document = document;
    }

    static AsyncApi read() {
        return new AsyncApi(
                YAMLMapper.shared().readTree(Path.of("../docs/asyncapi.yaml").toFile()));
    }

    JsonNode at(String pointer) {
        return document.at(pointer);
    }

    JsonNode schema(String name) {
        JsonNode schema = document.at("/components/schemas/" + name);
        if (schema.isMissingNode()) {
            throw new AssertionError("docs/asyncapi.yaml has no schema " + name);
        }
        return schema;
    }

    Map<String, JsonNode> schemas() {
        Map<String, JsonNode> schemas = new TreeMap<>();
        document.at("/components/schemas").forEachEntry(schemas::put);
        return schemas;
    }

    /** What is wrong with a value; nothing if it is of this schema. */
    List<String> complaints(String schemaName, JsonNode value) {
        ObjectNode root = YAMLMapper.shared().createObjectNode();
        root.putArray("allOf").addObject().put("$ref", SCHEMAS + schemaName);
        root.set("components", document.get("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(root)
                .validate(value.toString(), InputFormat.JSON)
                .stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }
}
