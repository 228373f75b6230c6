package io.tickhub.producer.replay;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.tickhub.model.DeadLetterReason;
import io.tickhub.model.Decimals;
import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import io.tickhub.producer.replay.RowFormat.Field;
import io.tickhub.producer.source.RawRow;
import io.tickhub.producer.source.RowAddress;
import io.tickhub.producer.source.SourceItem;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows of one file to ticks, or to the reason why they are none. It never throws for what a row holds. Used by one thread. */
final class RowParser {

    static final int MAX_LABEL_CHARACTERS = 256;
    private static final int MAX_REMEMBERED = 10_000;
    private static final CsvReader.CsvReaderBuilder CSV = CsvReader.builder().allowUnclosedQuote(false);

    private final String file;
    private final String sourceName;
    private final int width;
    private final Map<Field, Integer> indexes = new EnumMap<>(Field.class);
    private final Map<String, Symbol> symbols = new HashMap<>();
    private final RowFormat format;
    private final TimeFormat timeFormat;
    private final PlainRows plainRows;

    private RowParser(String file, String sourceName, List<String> header, RowFormat format) {
        this.file = file;
        this.sourceName = sourceName;
        this.width = header.size();
        this.format = format;
        this.timeFormat = TimeFormat.of(format.timeFormat(), format.zone());
        format.columns().forEach((field, column) -> indexes.put(field, header.indexOf(column)));
        this.plainRows = new PlainRows(width, indexes, timeFormat, symbols, sourceName);
    }

    /**
     * A parser for the rows after this header.
     *
     * @param format the file's format, empty to recognise a preset by the header
     * @throws UnusableFileException if the header lacks a column
     */
    static RowParser of(String file, String sourceName, RawRow headerRow, Optional<RowFormat> format) {
        List<String> header;
        try {
            header = fields(headerRow);
        } catch (BadRow e) {
            throw new UnusableFileException(file + ": the header row cannot be read: " + e.getMessage());
        }
        RowFormat chosen = format.or(() -> RowFormat.recognise(header))
                .orElseThrow(() -> new UnusableFileException(
                        file + ": its columns are not those of a known format; name them with TICKHUB_REPLAY_COLUMNS"));
        List<String> missing = chosen.missingIn(header);
        if (!missing.isEmpty()) {
            throw new UnusableFileException(file + ": the header row has no column " + String.join(", ", missing));
        }
        return new RowParser(file, sourceName, header, chosen);
    }

    SourceItem parse(RawRow row) {
        RowAddress address = new RowAddress(file, row.line());
        return plainRows
                .tick(row)
                .<SourceItem>map(tick -> new SourceItem.Good(tick, Optional.of(address)))
                .orElseGet(() -> parse(row, address));
    }

    private SourceItem parse(RawRow row, RowAddress address) {
        Optional<Symbol> symbol = Optional.empty();
        try {
            List<String> fields = fields(row);
            if (fields.size() != width) {
                throw new BadRow(
                        DeadLetterReason.INVALID_FIELD,
                        "the row has " + fields.size() + " fields, the header " + width);
            }
            Symbol found = symbol(fields);
            symbol = Optional.of(found);
            return new SourceItem.Good(tick(found, fields), Optional.of(address));
        } catch (BadRow e) {
            return new SourceItem.Bad(address, row, symbol, e.reason, e.getMessage());
        }
    }

    private Tick tick(Symbol symbol, List<String> fields) throws BadRow {
        BigDecimal price = decimal(fields, Field.PRICE);
        BigDecimal volume = decimal(fields, Field.VOLUME);
        Instant time = time(fields);
        String id = indexes.containsKey(Field.ID) ? fields.get(indexes.get(Field.ID)) : "";
        if (id.length() > MAX_LABEL_CHARACTERS) {
            throw new BadRow(
                    DeadLetterReason.OUT_OF_RANGE,
                    column(Field.ID) + " has more than " + MAX_LABEL_CHARACTERS + " characters");
        }
        try {
            return new Tick(symbol, price, volume, time, sourceName, id);
        } catch (IllegalArgumentException e) {
            throw new BadRow(DeadLetterReason.OUT_OF_RANGE, e.getMessage());
        }
    }

    private Symbol symbol(List<String> fields) throws BadRow {
        String name = required(fields, Field.SYMBOL);
        Symbol known = symbols.get(name);
        if (known != null) {
            return known;
        }
        try {
            Symbol symbol = new Symbol(name);
            if (symbol.equals(Symbol.ALL)) {
                throw new BadRow(DeadLetterReason.INVALID_FIELD, column(Field.SYMBOL) + ": * stands for all symbols");
            }
            if (symbols.size() < MAX_REMEMBERED) {
                symbols.put(name, symbol);
            }
            return symbol;
        } catch (IllegalArgumentException e) {
            throw new BadRow(DeadLetterReason.INVALID_FIELD, column(Field.SYMBOL) + ": " + e.getMessage());
        }
    }

    private BigDecimal decimal(List<String> fields, Field field) throws BadRow {
        try {
            return Decimals.parse(required(fields, field));
        } catch (IllegalArgumentException e) {
            boolean isUnreadable = e.getCause() instanceof NumberFormatException;
            throw new BadRow(
                    isUnreadable ? DeadLetterReason.INVALID_FIELD : DeadLetterReason.OUT_OF_RANGE,
                    column(field) + " " + e.getMessage());
        }
    }

    private Instant time(List<String> fields) throws BadRow {
        try {
            return timeFormat.parse(required(fields, Field.TIME));
        } catch (DateTimeException e) {
            // Without the exception's message, which repeats the text.
            throw new BadRow(
                    DeadLetterReason.INVALID_FIELD,
                    column(Field.TIME) + " is no time of the form " + format.timeFormat());
        }
    }

    private String required(List<String> fields, Field field) throws BadRow {
        String value = fields.get(indexes.get(field));
        if (value.isEmpty()) {
            throw new BadRow(DeadLetterReason.MISSING_FIELD, column(field) + " is empty");
        }
        return value;
    }

    private String column(Field field) {
        return format.columns().get(field);
    }

    private static List<String> fields(RawRow row) throws BadRow {
        if (row.extent() == RawRow.Extent.CUT) {
            throw new BadRow(
                    DeadLetterReason.OUT_OF_RANGE,
                    "the row is longer than " + RowReader.MAX_ROW_BYTES + " bytes; only so many are kept");
        }
        try {
            String text = text(row.bytes());
            // Without a quote a comma is always the end of a field.
            return text.indexOf('"') < 0
                    ? List.of(text.split(",", -1))
                    : CSV.ofSingleCsvRecord(text).getFields();
        } catch (CharacterCodingException e) {
            throw new BadRow(DeadLetterReason.INVALID_FIELD, "the row is not UTF-8");
        } catch (CsvParseException e) {
            throw new BadRow(
                    DeadLetterReason.INVALID_FIELD, "the row is not CSV: a quote is not closed, or text follows one");
        }
    }

    private static String text(byte[] bytes) throws CharacterCodingException {
        for (byte b : bytes) {
            if (b < 0) {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            }
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Leaves the parser at the first fault; holds no stack trace, since a file of bad rows must stay cheap. */
    private static final class BadRow extends Exception {

        private static final long serialVersionUID = 1L;

        private final DeadLetterReason reason;

        BadRow(DeadLetterReason reason, String message) {
            super(message, null, false, false);
            this.reason = reason;
        }
    }
}
