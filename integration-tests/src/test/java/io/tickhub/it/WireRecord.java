package io.tickhub.it;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import io.tickhub.model.Bar;
import io.tickhub.model.BarInterval;
import io.tickhub.model.ClientId;
import io.tickhub.model.Command;
import io.tickhub.model.FeedEvent;
import io.tickhub.model.From;
import io.tickhub.model.InstanceStatus;
import io.tickhub.model.Json;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Reply;
import io.tickhub.model.Role;
import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A record of the model that crosses the wire, and what a JSON schema must say of it. Immutable.
 *
 * @param type the record
 */
record WireRecord(Class<?> type) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** The schemas of values that are no objects. */
    private static final Map<Type, String> SCALARS = Map.ofEntries(
            Map.entry(long.class, "Count"),
            Map.entry(int.class, "Count"),
            Map.entry(Long.class, "Count"),
            Map.entry(OptionalLong.class, "Count"),
            Map.entry(BigDecimal.class, "Decimal"),
            Map.entry(Instant.class, "Time"),
            Map.entry(Duration.class, "Duration"),
            Map.entry(Symbol.class, "Symbol"),
            Map.entry(ClientId.class, "ClientId"),
            Map.entry(From.class, "From"),
            Map.entry(BarInterval.class, "BarInterval"),
            Map.entry(Role.class, "Role"));

    /** A tick's producer is free in more than Tickhub is. */
    private static final Map<String, String> IN_TICKS = Map.of(
            "price", "TickDecimal",
            "volume", "TickDecimal",
            "timestamp", "TickTime",
            "source", "Label",
            "id", "Label");

    /** Absent while nothing was counted. */
    private static final Set<String> OF_COUNTED_TICKS = Set.of(
            "minPrice",
            "maxPrice",
            "avgPrice",
            "openPrice",
            "lastPrice",
            "vwap",
            "stdDev",
            "firstTimestamp",
            "lastTimestamp",
            "durationSeconds",
            "ticksPerSecond10s",
            "ticksPerSecond60s",
            "priceReturn",
            "realizedVolatility",
            "volumeP50",
            "volumeP90",
            "volumeP99");

    /** All that clients write or read, and the records in them. */
    static Collection<WireRecord> all() {
        Deque<Class<?>> found =
                new ArrayDeque<>(List.of(FeedEvent.class, Tick.class, PriceStats.class, InstanceStatus.class));
        found.addAll(List.of(Command.class.getPermittedSubclasses()));
        found.addAll(List.of(Reply.class.getPermittedSubclasses()));
        Map<Class<?>, WireRecord> all = new LinkedHashMap<>();
        while (!found.isEmpty()) {
            Class<?> type = found.pop();
            if (all.putIfAbsent(type, new WireRecord(type)) == null) {
                for (RecordComponent component : type.getRecordComponents()) {
                    element(component.getGenericType())
                            .filter(WireRecord::isWireRecord)
                            .ifPresent(found::add);
                }
            }
        }
        return all.values();
    }

    /** The names of all kinds of commands or replies. */
    static Set<String> typeNames(Class<?> sealed) {
        return Arrays.stream(sealed.getAnnotation(JsonSubTypes.class).value())
                .map(JsonSubTypes.Type::name)
                .collect(Collectors.toSet());
    }

    static String schemaName(WireExample example) {
        return new WireRecord(example.read().getClass()).schemaName();
    }

    String schemaName() {
        return type.getSimpleName();
    }

    /** Whether clients write it. */
    boolean isIncoming() {
        return type == Tick.class || Command.class.isAssignableFrom(type);
    }

    /** What the schema's {@code properties} must be, without limits and words. */
    ObjectNode properties() {
        ObjectNode properties = JSON.createObjectNode();
        typeName().ifPresent(name -> properties.putObject("type").put("const", name));
        for (RecordComponent component : type.getRecordComponents()) {
            String inTicks = type == Tick.class ? IN_TICKS.get(component.getName()) : null;
            properties.set(
                    component.getName(), inTicks == null ? schema(component.getGenericType()) : reference(inTicks));
        }
        return properties;
    }

    /** The fields that Tickhub always writes. */
    Set<String> alwaysThere() {
        Set<String> names = new HashSet<>();
        typeName().ifPresent(name -> names.add("type"));
        for (RecordComponent component : type.getRecordComponents()) {
            boolean isOptional = component.getType() == Optional.class || component.getType() == OptionalLong.class;
            boolean isOfCountedTicks = type == PriceStats.class && OF_COUNTED_TICKS.contains(component.getName());
            boolean isOfVolume = type == Bar.class && component.getName().equals("vwap");
            if (!isOptional && !isOfCountedTicks && !isOfVolume) {
                names.add(component.getName());
            }
        }
        return names;
    }

    private Optional<String> typeName() {
        return Arrays.stream(type.getInterfaces())
                .flatMap(parent -> Optional.ofNullable(parent.getAnnotation(JsonSubTypes.class)).stream())
                .flatMap(annotation -> Arrays.stream(annotation.value()))
                .filter(each -> each.value() == type)
                .map(JsonSubTypes.Type::name)
                .findFirst();
    }

    private static ObjectNode schema(Type type) {
        if (SCALARS.containsKey(type)) {
            return reference(SCALARS.get(type));
        }
        if (type == String.class) {
            return JSON.createObjectNode().put("type", "string");
        }
        if (type == boolean.class || type == Boolean.class) {
            return JSON.createObjectNode().put("type", "boolean");
        }
        if (type instanceof ParameterizedType generic) {
            return schema(generic);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            ObjectNode schema = JSON.createObjectNode().put("type", "string");
            for (Object constant : plain.getEnumConstants()) {
                schema.withArray("enum").add(JSON.readTree(Json.write(constant)));
            }
            return schema;
        }
        return reference(plain.getSimpleName());
    }

    private static ObjectNode schema(ParameterizedType generic) {
        Type[] arguments = generic.getActualTypeArguments();
        if (generic.getRawType() == Optional.class) {
            return schema(arguments[0]);
        }
        ObjectNode schema = JSON.createObjectNode();
        if (generic.getRawType() == List.class) {
            schema.put("type", "array").set("items", schema(arguments[0]));
        } else if (generic.getRawType() == Map.class || generic.getRawType() == SortedMap.class) {
            schema.put("type", "object").set("additionalProperties", schema(arguments[1]));
        } else {
            throw new AssertionError("say here what the schema of " + generic + " is");
        }
        return schema;
    }

    private static ObjectNode reference(String schemaName) {
        return JSON.createObjectNode().put("$ref", AsyncApi.SCHEMAS + schemaName);
    }

    /** The class in a list, an optional or the values of a map, or the class itself. */
    private static Optional<Class<?>> element(Type type) {
        return switch (type) {
            case ParameterizedType generic ->
                element(generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1]);
            case Class<?> plain -> Optional.of(plain);
            default -> Optional.empty();
        };
    }

    private static boolean isWireRecord(Class<?> type) {
        return type.isRecord() && !SCALARS.containsKey(type);
    }

    @Override
    public String toString() {
        return schemaName();
    }
}
