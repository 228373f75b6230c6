package io.tickhub.producer.replay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.model.Symbol;
import io.tickhub.model.Tick;
import io.tickhub.producer.replay.RowFormat.Field;
import io.tickhub.producer.source.RawRow;
import io.tickhub.producer.source.SourceItem;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short way of rows in their usual form comes to the same as the long one. */
class PlainRowsTest {

    private static final String HEADER = "id,exec_date,note,product_code,price,size";
    private static final List<String> GOOD = List.of(
            "7,2018-01-28T00:00:05.241+09:00,,BTC_JPY,1181888.0,0.05779273",
            "8,2018-01-28T00:00:05Z,x,BTC_JPY,1,0",
            ",2018-01-28T23:59:59.123456789Z,,BTC_JPY,0.00000000000000001,999999999999999999");
    private static final String REPLACEMENTS = "0123456789,,\".-+eETZ: A\u00e9\u0000\t;";

    private final PlainRows rows = new PlainRows(
            6,
            Map.of(Field.ID, 0, Field.TIME, 1, Field.SYMBOL, 3, Field.PRICE, 4, Field.VOLUME, 5),
            TimeFormat.of("iso", ZoneOffset.UTC),
            Map.of("BTC_JPY", new Symbol("BTC_JPY")),
            "replay-1");

    @Test
    void aRowInTheUsualFormIsATick() {
        assertThat(rows.tick(row(GOOD.getFirst())))
                .contains(new Tick(
                        new Symbol("BTC_JPY"),
                        new BigDecimal("1181888.0"),
                        new BigDecimal("0.05779273"),
                        Instant.parse("2018-01-27T15:00:05.241Z"),
                        "replay-1",
                        "7"));
        assertThat(GOOD).allMatch(text -> rows.tick(row(text)).isPresent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7,2018-01-28T00:00:05Z,,ETH_JPY,1,1",
                "7,2018-01-28T00:00:05Z,,BTC_JPY,0,1",
                "7,2018-01-28T00:00:05Z,,BTC_JPY,1,-1",
                "7,2018-01-28T00:00:05Z,,BTC_JPY,,1",
                "7,0000-01-28T00:00:05Z,,BTC_JPY,1,1",
                "7,2018-01-28 00:00:05,,BTC_JPY,1,1",
                "7,2018-01-28T00:00:05Z,\"a,b\",BTC_JPY,1,1",
                "7,2018-01-28T00:00:05Z,\u00e9,BTC_JPY,1,1",
                "7,2018-01-28T00:00:05Z,,BTC_JPY,1",
                "7,2018-01-28T00:00:05Z,,BTC_JPY,1,1,",
                ""
            })
    void everythingElseIsLeftToTheParser(String text) {
        assertThat(rows.tick(row(text))).isEmpty();
    }

    @Test
    void aRowOfWhichOnlyTheBeginningIsKnownIsLeftToTheParser() {
        RawRow cut = new RawRow(9, GOOD.getFirst().getBytes(ISO_8859_1), RawRow.Extent.CUT);
        assertThat(rows.tick(cut)).isEmpty();
    }

    @Test
    void rowsWithMistakesAreReadAsTheParserDoes() {
        Random random = new Random(7);
        RowParser warm = parser();
        GOOD.forEach(text -> warm.parse(row(text)));
        int good = 0;
        for (int i = 0; i < 100_000; i++) {
            RawRow row = row(mutated(GOOD.get(random.nextInt(GOOD.size())), random));
            // A parser goes the long way with the first row of a symbol.
            SourceItem expected = parser().parse(row);
            assertThat(warm.parse(row))
                    .as("%s", new String(row.bytes(), ISO_8859_1))
                    .isEqualTo(expected);
            good += expected instanceof SourceItem.Good ? 1 : 0;
        }
        assertThat(good).isBetween(10_000, 90_000);
    }

    private static String mutated(String text, Random random) {
        StringBuilder row = new StringBuilder(text);
        for (int i = random.nextInt(3); i >= 0; i--) {
            int place = random.nextInt(row.length());
            char other = REPLACEMENTS.charAt(random.nextInt(REPLACEMENTS.length()));
            switch (random.nextInt(3)) {
                case 0 -> row.setCharAt(place, other);
                case 1 -> row.insert(place, other);
                default -> row.deleteCharAt(place);
            }
        }
        return row.toString();
    }

    private static RowParser parser() {
        return RowParser.of("day.csv", "replay-1", row(HEADER), Optional.empty());
    }

    private static RawRow row(String text) {
        return new RawRow(9, text.getBytes(ISO_8859_1), RawRow.Extent.WHOLE);
    }
}
