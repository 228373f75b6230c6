package io.tickhub.producer.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.producer.source.RawRow;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RowReaderTest {

    @Test
    void rowsKeepTheirLinesOverAllLineEndsAndEmptyLines() {
        assertThat(rows("a,b\r\nc,d\n\n\re,f\rg,h")).containsExactly("1:a,b", "2:c,d", "5:e,f", "6:g,h");
        assertThat(rows("")).isEmpty();
        assertThat(rows("\n\r\n")).isEmpty();
        assertThat(rows("a\n")).containsExactly("1:a");
    }

    @Test
    void aLineEndInsideQuotesBelongsToItsRow() {
        assertThat(rows("x\na,\"1\n2\r\n3\",b\nc\n")).containsExactly("1:x", "2:a,\"1\n2\r\n3\",b", "5:c");
    }

    @Test
    void doubledQuotesAndQuotesInsideAFieldAreText() {
        assertThat(rows("\"a \"\"b\"\"\n\",c\n5\" pipe,d\ne"))
                .containsExactly("1:\"a \"\"b\"\"\n\",c", "3:5\" pipe,d", "4:e");
        assertThat(rows("\"\",\"\"\nb")).containsExactly("1:\"\",\"\"", "2:b");
    }

    @Test
    void anUnclosedQuoteCostsOnlyItsOwnLine() {
        assertThat(rows("a\n\"b,c\nd\ne")).containsExactly("1:a", "2:\"b,c", "3:d", "4:e");
        assertThat(rows("a\n\"b")).containsExactly("1:a", "2:\"b");

        String farAway = "f".repeat(1000) + "\n";
        List<String> many = rows("a\n\"b,c\n" + farAway.repeat(200) + "last\"\n");
        assertThat(many).hasSize(203).startsWith("1:a", "2:\"b,c").last().isEqualTo("203:last\"");
    }

    @Test
    void ofAnEndlessRowOnlyTheBeginningIsKept() {
        String longRow = "z".repeat(3 * RowReader.MAX_ROW_BYTES);
        List<RawRow> rows = read(new ByteArrayInputStream(("a\n" + longRow + "\nb\n").getBytes(UTF_8)));
        assertThat(rows).extracting(RawRow::line).containsExactly(1L, 2L, 3L);
        assertThat(rows.get(1).bytes()).hasSize(RowReader.MAX_ROW_BYTES);
        assertThat(rows.get(1).extent()).isEqualTo(RawRow.Extent.CUT);
        assertThat(rows.get(2).extent()).isEqualTo(RawRow.Extent.WHOLE);
    }

    @Test
    void aRowOfTheMostBytesIsWholeWhateverFollowsIt() {
        String most = "z".repeat(RowReader.MAX_ROW_BYTES);
        String quoted = "\"" + "z".repeat(RowReader.MAX_ROW_BYTES - 2) + "\"";
        for (String row : List.of(most, quoted)) {
            for (String end : List.of("", "\n", "\r\n", "\nb\n", "\r\n" + most + "\n")) {
                List<RawRow> rows = read(new ByteArrayInputStream((row + end).getBytes(UTF_8)));
                assertThat(rows).extracting(RawRow::extent).containsOnly(RawRow.Extent.WHOLE);
                assertThat(rows.getFirst().bytes()).asString(UTF_8).isEqualTo(row);
            }
        }
        assertThat(read(new ByteArrayInputStream((most + "z\nb").getBytes(UTF_8))))
                .extracting(RawRow::extent)
                .containsExactly(RawRow.Extent.CUT, RawRow.Extent.WHOLE);
        assertThat(read(new ByteArrayInputStream((most + "z").getBytes(UTF_8))))
                .extracting(RawRow::extent)
                .containsExactly(RawRow.Extent.CUT);
    }

    @Test
    void allRowsThatEndedBeforeAFaultAreGivenAndTheUnfinishedOneIsNot() {
        assertThat(rowsBeforeFault("a,b\nc,d\r\ne,")).containsExactly("1:a,b", "2:c,d");
        assertThat(rowsBeforeFault("a\n\n")).containsExactly("1:a");
        assertThat(rowsBeforeFault("a\n\"b\nc")).containsExactly("1:a");
        assertThat(rowsBeforeFault("")).isEmpty();
        assertThat(rowsBeforeFault("a,b\n".repeat(100_000))).hasSize(100_000);
    }

    @Test
    void manyRowsComeThroughTheBufferUnchangedHoweverTheyAreDelivered() {
        StringBuilder text = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (int n = 1; n <= 20_000; n++) {
            String row = n + ",\"" + "x".repeat(n % 97) + "\"";
            text.append(row).append(n % 2 == 0 ? "\n" : "\r\n");
            expected.add(n + ":" + row);
        }
        byte[] bytes = text.toString().getBytes(UTF_8);
        assertThat(texts(read(new ByteArrayInputStream(bytes)))).isEqualTo(expected);
        assertThat(texts(read(new DrippingInput(bytes)))).isEqualTo(expected);
    }

    private static List<String> rows(String text) {
        return texts(read(new ByteArrayInputStream(text.getBytes(UTF_8))));
    }

    private static List<String> texts(List<RawRow> rows) {
        return rows.stream()
                .map(row -> row.line() + ":" + new String(row.bytes(), UTF_8))
                .toList();
    }

    private static List<RawRow> read(InputStream in) {
        List<RawRow> rows = new ArrayList<>();
        try {
            collect(rows, new RowReader(in));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return rows;
    }

    private static List<String> rowsBeforeFault(String text) {
        RowReader reader = new RowReader(new BrokenInput(text.getBytes(UTF_8)));
        List<RawRow> rows = new ArrayList<>();
        assertThatThrownBy(() -> collect(rows, reader))
                .isInstanceOf(IOException.class)
                .hasMessage("broken off");
        assertThatThrownBy(reader::next).as("asked again").isInstanceOf(IOException.class);
        return texts(rows);
    }

    private static void collect(List<RawRow> rows, RowReader reader) throws IOException {
        for (Optional<RawRow> row = reader.next(); row.isPresent(); row = reader.next()) {
            rows.add(row.get());
        }
    }

    /** Gives its bytes, and then a fault. */
    private static final class BrokenInput extends FilterInputStream {

        BrokenInput(byte[] bytes) {
            super(new ByteArrayInputStream(bytes));
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            if (read < 0) {
                throw new IOException("broken off");
            }
            return read;
        }
    }

    /** Gives seven bytes at a time. */
    private static final class DrippingInput extends FilterInputStream {

        DrippingInput(byte[] bytes) {
            super(new ByteArrayInputStream(bytes));
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return in.read(bytes, offset, Math.min(length, 7));
        }
    }
}
