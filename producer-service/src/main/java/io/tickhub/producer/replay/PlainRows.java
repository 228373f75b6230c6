package io.tickhub.producer.replay;

import io.tickhub.model.Decimals;
import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import io.tickhub.producer.replay.RowFormat.Field;
import io.tickhub.producer.source.RawRow;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Good rows in the form in which nearly all are written: ASCII without quotes, of a symbol that is known already, with numbers and times in their
 * usual form. They are read from the bytes, several times faster and with a third of the garbage. Whatever else a row may look like, right or wrong, is for
 * {@link RowParser}. Used by one thread.
 */
final class PlainRows {

    private static final int NO_COLUMN = -1;

    private final int symbol;
    private final int price;
    private final int volume;
    private final int time;
    private final int id;
    private final TimeFormat timeFormat;
    private final Map<String, Symbol> symbols;
    private final String sourceName;

    /** Where each field of the row in hand begins; the last number is where another one would. */
    private final int[] starts;

    /**
     * @param width fields of a row
     * @param columns where the fields of a tick stand; all but the id are there
     * @param symbols those that are known, by name; read at each row
     */
    PlainRows(
            int width,
            Map<Field, Integer> columns,
            TimeFormat timeFormat,
            Map<String, Symbol> symbols,
            String sourceName) {
        this.starts = new int[width + 1];
        this.symbol = columns.get(Field.SYMBOL);
        this.price = columns.get(Field.PRICE);
        this.volume = columns.get(Field.VOLUME);
        this.time = columns.get(Field.TIME);
        this.id = columns.getOrDefault(Field.ID, NO_COLUMN);
        this.timeFormat = timeFormat;
        this.symbols = symbols;
        this.sourceName = sourceName;
    }

    /** The row's tick, if it is a good row in the usual form; nothing is said about what it is otherwise. */
    Optional<Tick> tick(RawRow raw) {
        byte[] row = raw.bytes();
        if (raw.extent() == RawRow.Extent.CUT || !hasPlainFields(row)) {
            return Optional.empty();
        }
        // First what differs from file to file, so that others' rows are not read twice.
        Optional<Instant> timeRead = timeFormat.usual(row, starts[time], end(time));
        if (timeRead.isEmpty()) {
            return Optional.empty();
        }
        Symbol known = symbols.get(text(row, symbol));
        Optional<BigDecimal> priceRead = Decimals.usual(row, starts[price], end(price));
        Optional<BigDecimal> volumeRead = Decimals.usual(row, starts[volume], end(volume));
        String idRead = id == NO_COLUMN ? "" : text(row, id);
        if (known == null
                || priceRead.isEmpty()
                || volumeRead.isEmpty()
                || priceRead.get().signum() <= 0
                || !Tick.isInRange(timeRead.get())
                || idRead.length() > RowParser.MAX_LABEL_CHARACTERS) {
            return Optional.empty();
        }
        return Optional.of(new Tick(known, priceRead.get(), volumeRead.get(), timeRead.get(), sourceName, idRead));
    }

    /** Finds the fields; false if it takes more than commas to tell them apart, or there are more or fewer than in the header. */
    private boolean hasPlainFields(byte[] row) {
        int fields = 1;
        for (int i = 0; i < row.length; i++) {
            byte b = row[i];
            if (b < 0 || b == '"') {
                return false;
            }
            if (b == ',') {
                if (fields == starts.length - 1) {
                    return false;
                }
                starts[fields++] = i + 1;
            }
        }
        starts[fields] = row.length + 1;
        return fields == starts.length - 1;
    }

    private int end(int field) {
        return starts[field + 1] - 1;
    }

    private String text(byte[] row, int field) {
        return new String(row, starts[field], end(field) - starts[field], StandardCharsets.ISO_8859_1);
    }
}
