package io.tickhub.hub.drain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.model.Json;
import io.tickhub.model.Receipt;
import io.tickhub.model.Receipt.FeedLine;
import io.tickhub.model.Receipt.FinalState;
import io.tickhub.model.Receipt.Member;
import io.tickhub.model.Receipt.SymbolLine;
import io.tickhub.model.Reply;
import io.tickhub.model.Role;
import io.tickhub.model.Symbol;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReceiptsTest {

    @Test
    void aSmallSystemsReceiptIsWhole() {
        Receipt receipt = Receipts.receipt(new Findings(symbols(3), feeds(2)), members(4), 600, 8);

        assertThat(receipt.symbols()).isEqualTo(symbols(3));
        assertThat(receipt.feeds()).isEqualTo(feeds(2));
        assertThat(receipt.instances()).isEqualTo(members(4));
        assertThat(receipt.leftOut()).isEqualTo(Receipt.LeftOut.NOTHING);
        assertThat(receipt.totals()).isEqualTo(new Receipt.Totals(3, 0, 600, 27, 3, 0, 0, 2, 0, 8, 4));
    }

    @Test
    void aLargeSystemsReceiptFitsIntoAReplyAndNamesFirstWhatIsWrong() {
        SymbolLine wrong = new SymbolLine(new Symbol("ZZZZ"), 10, 9, 0, 0, 0, 0, 9, 10, false);
        List<SymbolLine> symbols =
                Stream.concat(symbols(5_000).stream(), Stream.of(wrong)).toList();
        List<FeedLine> feeds = feeds(1_000);

        Receipt receipt = Receipts.receipt(new Findings(symbols, feeds), members(50), 50_010, 4_000);

        assertThat(Json.write(new Reply.Drained(false, receipt)))
                .hasSizeLessThan(Reply.MAX_BYTES)
                .hasSizeGreaterThan(Reply.MAX_BYTES / 2);
        assertThat(receipt.symbols()).first().isEqualTo(wrong);
        assertThat(receipt.symbols().size() + receipt.leftOut().symbols()).isEqualTo(5_001);
        assertThat(receipt.feeds().size() + receipt.leftOut().feeds()).isEqualTo(1_000);
        assertThat(receipt.totals().symbols()).isEqualTo(5_001);
        assertThat(receipt.totals().incompleteSymbols()).isEqualTo(1);
        assertThat(receipt.totals().counted()).isEqualTo(5_000 * 9 + 9);
    }

    private static List<SymbolLine> symbols(int count) {
        return IntStream.range(0, count)
                .mapToObj(number ->
                        new SymbolLine(new Symbol("SYMBOL-%05d".formatted(number)), 200, 9, 1, 0, 0, 0, 10, 10, true))
                .toList();
    }

    private static List<FeedLine> feeds(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new FeedLine(
                        "feeds.client-%05d.1".formatted(number),
                        4,
                        30,
                        IntStream.range(0, 30)
                                .mapToObj(symbol -> new Symbol("SYMBOL-%05d".formatted(symbol)))
                                .toList(),
                        true))
                .toList();
    }

    private static List<Member> members(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new Member("hub-" + number, Role.HUB, FinalState.DRAINED))
                .toList();
    }
}
