package io.tickhub.cli;

import io.tickhub.model.Receipt;
import io.tickhub.model.Receipt.FeedLine;
import io.tickhub.model.Receipt.Member;
import io.tickhub.model.Receipt.SymbolLine;
import io.tickhub.model.Receipt.Totals;
import io.tickhub.model.Reply;
import io.tickhub.model.Symbol;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/** Prints the receipt of a shutdown for a person: three tables, long ones cut, and a verdict. For one thread; does not own the writer. */
final class ReceiptPrinter {

    /** A screen's worth of lines; those that do not add up are the first of a receipt. */
    private static final int MOST_LINES = 40;

    private static final int MOST_SYMBOLS = 5;

    private final PrintWriter out;

    ReceiptPrinter(PrintWriter out) {
        this.out = out;
    }

    void print(Reply.Drained drained) {
        Receipt receipt = drained.receipt();
        Totals totals = receipt.totals();
        if (totals.symbols() > 0) {
            symbols(receipt.symbols(), totals).print(out);
            rest(totals.symbols(), receipt.symbols(), "symbols");
        }
        if (totals.feeds() > 0) {
            feeds(receipt.feeds(), totals).print(out);
            rest(totals.feeds(), receipt.feeds(), "feeds");
        }
        Table instances = new Table().text("INSTANCE", "ROLE", "STATE");
        shown(receipt.instances())
                .forEach(member -> instances.row(
                        member.instance(), member.role().text(), member.state().name()));
        instances.print(out);
        rest(totals.instances(), receipt.instances(), "instances");
        verdict(drained.drained(), receipt).forEach(out::println);
    }

    private static Table symbols(List<SymbolLine> lines, Totals totals) {
        Table table = new Table()
                .text("SYMBOL")
                .numbers("PRODUCED", "COUNTED", "REJECTED", "MISSED", "SKIPPED", "SINCE", "AS OF", "END")
                .text("");
        for (SymbolLine line : shown(lines)) {
            table.row(
                    line.symbol().name(),
                    number(line.produced()),
                    number(line.counted()),
                    number(line.rejected()),
                    number(line.missed()),
                    number(line.skipped()),
                    number(line.since()),
                    number(line.asOf()),
                    number(line.end()),
                    line.complete() ? "" : "<- " + flaw(line));
        }
        table.row(
                "all " + totals.symbols(),
                number(totals.produced()),
                number(totals.counted()),
                number(totals.rejected()),
                number(totals.missed()),
                number(totals.skipped()),
                "",
                "",
                "",
                "");
        return table;
    }

    private static String flaw(SymbolLine line) {
        return line.reached() ? "does not add up" : line.end() - line.asOf() + " not counted";
    }

    private static Table feeds(List<FeedLine> lines, Totals totals) {
        Table table =
                new Table().text("FEED").numbers("FORWARDED", "SUBSCRIPTIONS").text("SYMBOLS", "");
        for (FeedLine line : shown(lines)) {
            table.row(
                    line.feed(),
                    number(line.forwarded()),
                    number(line.subscriptions()),
                    names(line),
                    line.complete() ? "" : "<- not up to the end");
        }
        table.row("all " + totals.feeds(), number(totals.forwarded()), "", "", "");
        return table;
    }

    private static String names(FeedLine line) {
        String names =
                line.symbols().stream().limit(MOST_SYMBOLS).map(Symbol::name).collect(Collectors.joining(","));
        return line.symbols().size() > MOST_SYMBOLS ? names + ",..." : names;
    }

    private static List<String> verdict(boolean drained, Receipt receipt) {
        if (drained) {
            return List.of("Everything published was counted and forwarded; the system has stopped.");
        }
        Totals totals = receipt.totals();
        String figures = totals.incompleteSymbols() + totals.incompleteFeeds() == 0
                ? "Everything published was counted and forwarded."
                : "Not everything was counted and forwarded: " + totals.incompleteSymbols() + " of "
                        + totals.symbols() + " symbols and " + totals.incompleteFeeds() + " of " + totals.feeds()
                        + " feeds are incomplete. What is missing stands in Kafka and is taken in at the next start.";
        String unfinished = receipt.instances().stream()
                .filter(member -> !member.hasFinished())
                .map(member -> member.instance() + " (" + explained(member) + ")")
                .collect(Collectors.joining(", "));
        return unfinished.isEmpty()
                ? List.of(figures)
                : List.of(figures, "Did not finish in time: " + unfinished + ".");
    }

    private static String explained(Member member) {
        return switch (member.state()) {
            case GONE -> "gone: killed, or held up";
            case STARTING -> "stuck while it started";
            case RUNNING -> "never heard of the shutdown";
            case DRAINING -> "stuck in its share";
            case DRAINED, LEFT -> "finished";
        };
    }

    private void rest(int total, List<?> received, String what) {
        int shown = Math.min(MOST_LINES, received.size());
        if (shown < total) {
            out.println("... and " + (total - shown) + " more " + what
                    + (shown < received.size() ? ", of which --json shows " + (received.size() - shown) : ""));
        }
        out.println();
    }

    private static <L> List<L> shown(List<L> lines) {
        return lines.subList(0, Math.min(MOST_LINES, lines.size()));
    }

    private static String number(long number) {
        return Long.toString(number);
    }
}
