package io.tickhub.producer.replay;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which column of a file is which field of a tick, and how its times are written. Immutable.
 *
 * @param columns the column's name for each field; {@link Field#ID} may be absent
 * @param timeFormat {@code iso}, {@code epoch-seconds}, {@code epoch-millis} or a date pattern
 * @param zone of times that name none
 */
public record RowFormat(Map<Field, String> columns, String timeFormat, ZoneId zone) {

    /** The files of bitFlyer's executions; their times carry the offset +09:00. */
    public static final RowFormat BITFLYER = iso(Map.of(
            Field.SYMBOL, "product_code",
            Field.PRICE, "price",
            Field.VOLUME, "size",
            Field.TIME, "exec_date",
            Field.ID, "id"));

    /** Columns that are called as the fields of a tick; a column {@code id} is not needed. */
    public static final RowFormat TICKHUB = iso(Map.of(
            Field.SYMBOL, "symbol",
            Field.PRICE, "price",
            Field.VOLUME, "volume",
            Field.TIME, "timestamp"));

    private static final Map<String, RowFormat> PRESETS = Map.of("bitflyer", BITFLYER, "tickhub", TICKHUB);

    /** The fields of a tick that a row gives. */
    public enum Field {
        SYMBOL,
        PRICE,
        VOLUME,
        TIME,
        ID;

        private String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws IllegalArgumentException if a field other than the id has no column, or the time format is none */
    public RowFormat {
        columns = Map.copyOf(columns);
        for (Field field : Field.values()) {
            if (field != Field.ID && !columns.containsKey(field)) {
                throw new IllegalArgumentException("no column is named for '" + field.key() + "'");
            }
        }
        TimeFormat.of(timeFormat, zone);
    }

    /** A preset by name, {@code bitflyer} or {@code tickhub}. */
    public static Optional<RowFormat> preset(String name) {
        return Optional.ofNullable(PRESETS.get(name));
    }

    /**
     * Reads {@code symbol=product_code,price=price,volume=size,time=exec_date,id=id}.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    public static RowFormat parse(String columns, String timeFormat, ZoneId zone) {
        Map<Field, String> columnByField = new EnumMap<>(Field.class);
        for (String part : columns.split(",", -1)) {
            int equals = part.indexOf('=');
            String key = part.substring(0, Math.max(equals, 0)).strip();
            Field field = Arrays.stream(Field.values())
                    .filter(candidate -> candidate.key().equals(key))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("'" + part.strip()
                            + "' is not FIELD=COLUMN with one of the fields symbol, price, volume, time, id"));
            columnByField.put(field, part.substring(equals + 1).strip());
        }
        return new RowFormat(columnByField, timeFormat, zone);
    }

    /** The first preset all of whose columns are in the header row. */
    static Optional<RowFormat> recognise(List<String> header) {
        return List.of(BITFLYER, TICKHUB).stream()
                .filter(format -> format.missingIn(header).isEmpty())
                .findFirst();
    }

    /** The columns that the header row lacks. */
    List<String> missingIn(List<String> header) {
        List<String> missing = new ArrayList<>(columns.values());
        missing.removeAll(header);
        return missing;
    }

    private static RowFormat iso(Map<Field, String> columns) {
        return new RowFormat(columns, "iso", ZoneOffset.UTC);
    }
}
