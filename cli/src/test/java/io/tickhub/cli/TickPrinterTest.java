package io.tickhub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.client.MarketEvent;
import io.tickhub.client.MarketEvent.FeedTick;
import io.tickhub.model.Covers;
import io.tickhub.model.Symbol;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TickPrinterTest {

    private static final Symbol AAPL = new Symbol("AAPL");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void printsExactDecimalsAndTheRunningAverage() {
        TickPrinter printer = printer(TickPrinter.Form.TEXT);
        printer.print(tick(0, "1E+2"));
        printer.print(tick(1, "100.50"));

        assertThat(out.toString().lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "AAPL 100 0.30 2026-11-20T14:30:00Z 100", //
                        "AAPL 100.50 0.30 2026-11-20T14:30:00Z 100.25");
        assertThat(printer.ticks()).isEqualTo(2);
    }

    @Test
    void printsOneObjectALine() {
        printer(TickPrinter.Form.JSON).print(tick(7, "100.50"));

        assertThat(out.toString().strip())
                .isEqualTo("{\"symbol\":\"AAPL\",\"offset\":7,\"price\":\"100.50\",\"volume\":\"0.30\","
                        + "\"timestamp\":\"2026-11-20T14:30:00Z\",\"average\":\"100.500000000000\"}");
    }

    @Test
    void tellsWhatIsMissingOnStandardError() {
        TickPrinter printer = printer(TickPrinter.Form.JSON);
        printer.print(new MarketEvent.Skipped(AAPL, new Covers(0, 1)));
        printer.print(new MarketEvent.Gap(AAPL, new Covers(1, 5), "deleted by retention"));
        printer.print(new MarketEvent.Hole(AAPL, new Covers(5, 7)));

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines())
                .containsExactly(
                        "tickhub: AAPL: offsets 1-5 are lost: deleted by retention",
                        "tickhub: AAPL: offsets 5-7 are missing from the feed");
    }

    private TickPrinter printer(TickPrinter.Form form) {
        return new TickPrinter(
                new PrintWriter(out, true), new PrintWriter(err, true), form, TickPrinter.Averages.SHOWN);
    }

    private static FeedTick tick(long offset, String price) {
        return new FeedTick(
                AAPL,
                offset,
                new BigDecimal(price),
                new BigDecimal("0.30"),
                Instant.parse("2026-11-20T14:30:00Z"),
                new Covers(offset, offset + 1));
    }
}
