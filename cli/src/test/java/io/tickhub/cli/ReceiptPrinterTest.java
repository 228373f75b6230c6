package io.tickhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.model.Receipt;
import io.tickhub.model.Receipt.FeedLine;
import io.tickhub.model.Receipt.FinalState;
import io.tickhub.model.Receipt.LeftOut;
import io.tickhub.model.Receipt.Member;
import io.tickhub.model.Receipt.SymbolLine;
import io.tickhub.model.Receipt.Totals;
import io.tickhub.model.Reply;
import io.tickhub.model.Role;
import io.tickhub.model.Symbol;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReceiptPrinterTest {

    private static final SymbolLine AAPL = new SymbolLine(new Symbol("AAPL"), 100, 99, 1, 0, 0, 0, 100, 100, true);
    private static final SymbolLine LATE = new SymbolLine(new Symbol("LATE"), 40, 30, 0, 0, 0, 0, 30, 40, false);
    private static final FeedLine FEED = new FeedLine("feeds.alice.1", 60, 1, List.of(new Symbol("AAPL")), true);

    @Test
    void aDrainedSystemIsShownWithItsFigures() {
        assertThat(printed(new Reply.Drained(
                        true,
                        new Receipt(
                                new Totals(1, 0, 100, 99, 1, 0, 0, 1, 0, 60, 1),
                                List.of(AAPL),
                                List.of(FEED),
                                List.of(new Member("hub-1", Role.HUB, FinalState.DRAINED)),
                                LeftOut.NOTHING))))
                .containsExactly(
                        "SYMBOL  PRODUCED  COUNTED  REJECTED  MISSED  SKIPPED  SINCE  AS OF  END",
                        "AAPL         100       99         1       0        0      0    100  100",
                        "all 1        100       99         1       0        0",
                        "",
                        "FEED           FORWARDED  SUBSCRIPTIONS  SYMBOLS",
                        "feeds.alice.1         60              1  AAPL",
                        "all 1                 60",
                        "",
                        "INSTANCE  ROLE  STATE",
                        "hub-1     hub   DRAINED",
                        "",
                        "Everything published was counted and forwarded; the system has stopped.");
    }

    @Test
    void whatIsWrongIsMarkedAndNamed() {
        List<String> lines = printed(new Reply.Drained(
                false,
                new Receipt(
                        new Totals(2, 1, 140, 129, 1, 0, 0, 0, 0, 0, 1),
                        List.of(LATE, AAPL),
                        List.of(),
                        List.of(new Member("aggregator-2", Role.AGGREGATOR, FinalState.GONE)),
                        LeftOut.NOTHING)));

        assertThat(lines).anySatisfy(line -> assertThat(line).startsWith("LATE").endsWith("<- 10 not counted"));
        assertThat(lines.getLast()).isEqualTo("Did not finish in time: aggregator-2 (gone: killed, or held up).");
    }

    @Test
    void aLongListIsCutAndTheRestCounted() {
        List<SymbolLine> many = IntStream.range(0, 100)
                .mapToObj(number -> new SymbolLine(new Symbol("S" + number), 0, 0, 0, 0, 0, 0, 0, 0, true))
                .toList();

        List<String> lines = printed(new Reply.Drained(
                true,
                new Receipt(
                        new Totals(5_000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                        many,
                        List.of(),
                        List.of(),
                        new LeftOut(4_900, 0, 0))));

        assertThat(lines).hasSizeLessThan(60).contains("... and 4960 more symbols, of which --json shows 60");
    }

    private static List<String> printed(Reply.Drained drained) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        new ReceiptPrinter(out).print(drained);
        out.flush();
        return text.toString().lines().toList();
    }
}
