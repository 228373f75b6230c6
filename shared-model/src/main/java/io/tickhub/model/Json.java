package io.tickhub.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * The one JSON form of everything that is not a tick: exact decimals as plain strings, times and durations as ISO-8601, unknown
 * fields ignored, absent values left out. Thread safe.
 */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule().addSerializer(new PlainDecimalSerializer()))
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS, DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .changeDefaultPropertyInclusion(included -> included.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .build();

    private Json() {}

    /** The value as JSON in UTF-8. */
    public static byte[] write(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /** The value as one line of JSON. */
    public static String writeLine(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /**
     * Reads one JSON value.
     *
     * @throws JacksonException if the bytes are not JSON of that form; the literal {@code null} is of no form
     */
    public static <T> T read(byte[] bytes, Class<T> type) {
        T value = MAPPER.readValue(bytes, type);
        if (value == null) {
            throw MismatchedInputException.from(null, type, "null instead of a value");
        }
        return value;
    }

    /**
     * Reads one JSON object as if one of its fields had another value, or were there.
     *
     * @throws JacksonException if the bytes are not JSON of that form
     */
    public static <T> T readWith(String field, String value, byte[] bytes, Class<T> type) {
        ObjectNode object = read(bytes, ObjectNode.class);
        object.put(field, value);
        return MAPPER.treeToValue(object, type);
    }

    private static final class PlainDecimalSerializer extends StdSerializer<BigDecimal> {

        PlainDecimalSerializer() {
            super(BigDecimal.class);
        }

        @Override
        public void serialize(BigDecimal value, JsonGenerator json, SerializationContext context) {
            json.writeString(value.toPlainString());
        }
    }
}
