package io.tickhub.producer.replay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.model.DeadLetterReason;
import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import io.tickhub.producer.source.RawRow;
import io.tickhub.producer.source.RowAddress;
import io.tickhub.producer.source.SourceItem;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowParserTest {

    private static final RawRow HEADER = row(1, "id,exec_date,product_code,price,size".getBytes(UTF_8));

    @Test
    void aGoodRowIsATick() {
        assertThat(parse("7,2018-01-28T00:00:05.241+09:00,BTC_JPY,1181888.0,0.05779273"))
                .isEqualTo(new SourceItem.Good(
                        new Tick(
                                new Symbol("BTC_JPY"),
                                new BigDecimal("1181888.0"),
                                new BigDecimal("0.05779273"),
                                Instant.parse("2018-01-27T15:00:05.241Z"),
                                "replay-1",
                                "7"),
                        Optional.of(new RowAddress("day.csv", 9))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            7,,BTC_JPY,1,1                                | MISSING_FIELD | exec_date is empty
            7,2018-01-28T00:00:05Z,,1,1                   | MISSING_FIELD | product_code is empty
            7,2018-01-28T00:00:05Z,*,1,1                  | INVALID_FIELD | product_code: * stands for all symbols
            7,2018-01-28T00:00:05Z,BTC_JPY,,1             | MISSING_FIELD | price is empty
            7,yesterday,BTC_JPY,1,1                       | INVALID_FIELD | exec_date is no time of the form iso
            7,2018-01-28T00:00:05Z,BTC_JPY,one,1          | INVALID_FIELD | price is not a decimal number
            7,2018-01-28T00:00:05Z,BTC_JPY,1e400,1        | OUT_OF_RANGE  | price has more than 18 digits before the point
            7,2018-01-28T00:00:05Z,BTC_JPY,0,1            | OUT_OF_RANGE  | price must be above 0
            7,2018-01-28T00:00:05Z,BTC_JPY,1,-1           | OUT_OF_RANGE  | volume must not be negative
            7,2018-01-28T00:00:05Z,BTC_JPY,1              | INVALID_FIELD | the row has 4 fields, the header 5
            7,2018-01-28T00:00:05Z,BTC_JPY,1,1,           | INVALID_FIELD | the row has 6 fields, the header 5
            """)
    void aBadRowSaysWhy(String text, DeadLetterReason reason, String detail) {
        SourceItem.Bad bad = bad(text.getBytes(UTF_8));
        assertThat(bad.reason()).isEqualTo(reason);
        assertThat(bad.detail()).isEqualTo(detail);
        assertThat(bad.address()).hasToString("day.csv@9");
        assertThat(bad.raw().bytes()).isEqualTo(text.getBytes(UTF_8));
    }

    @Test
    void theSymbolIsKnownWhereTheRowNamesIt() {
        assertThat(bad("7,,BTC_JPY,1,1".getBytes(UTF_8)).symbol()).contains(new Symbol("BTC_JPY"));
        assertThat(bad("7,,,1,1".getBytes(UTF_8)).symbol()).isEmpty();
    }

    @Test
    void theSymbolOfAllIsNoInstrumentHoweverOftenItComes() {
        RowParser parser = parser();
        RawRow row = row(9, "7,2018-01-28T00:00:05Z,*,1,1".getBytes(UTF_8));
        for (int n = 0; n < 2; n++) {
            assertThat(parser.parse(row)).isInstanceOfSatisfying(SourceItem.Bad.class, bad -> assertThat(bad.symbol())
                    .isEmpty());
        }
    }

    @Test
    void whatIsNotTextOrNotCsvIsABadRow() {
        assertThat(bad("7,2018-01-28T00:00:05Z,\u00e9,1,1".getBytes(ISO_8859_1)).detail())
                .isEqualTo("the row is not UTF-8");
        assertThat(bad("7,\"2018".getBytes(UTF_8)).detail()).startsWith("the row is not CSV");
        assertThat(bad("7,\"2018\"x,A,1,1".getBytes(UTF_8)).detail()).startsWith("the row is not CSV");
        assertThat(bad(new byte[RowReader.MAX_ROW_BYTES]).reason()).isEqualTo(DeadLetterReason.INVALID_FIELD);
        RawRow cut = new RawRow(9, new byte[10], RawRow.Extent.CUT);
        assertThat(parser().parse(cut)).isInstanceOfSatisfying(SourceItem.Bad.class, bad -> assertThat(bad.detail())
                .startsWith("the row is longer than 65536"));
    }

    @Test
    void aFileWhoseHeaderIsUnknownIsRefusedWithTheReason() {
        RawRow header = row(1, "a,b,c".getBytes(UTF_8));
        assertThatThrownBy(() -> RowParser.of("day.csv", "s", header, Optional.empty()))
                .isInstanceOf(UnusableFileException.class)
                .hasMessageContaining("TICKHUB_REPLAY_COLUMNS");
        assertThatThrownBy(() -> RowParser.of("day.csv", "s", HEADER, Optional.of(RowFormat.TICKHUB)))
                .hasMessageStartingWith("day.csv: the header row has no column ")
                .hasMessageContainingAll("symbol", "volume", "timestamp");
    }

    private static SourceItem.Bad bad(byte[] bytes) {
        if (parser().parse(row(9, bytes)) instanceof SourceItem.Bad bad) {
            return bad;
        }
        throw new AssertionError("the row was taken as good");
    }

    private static SourceItem parse(String text) {
        return parser().parse(row(9, text.getBytes(UTF_8)));
    }

    private static RowParser parser() {
        return RowParser.of("day.csv", "replay-1", HEADER, Optional.empty());
    }

    private static RawRow row(long line, byte[] bytes) {
        return new RawRow(line, bytes, RawRow.Extent.WHOLE);
    }
}
