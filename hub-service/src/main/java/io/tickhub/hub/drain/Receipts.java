package io.tickhub.hub.drain;

import io.tickhub.model.Json;
import io.tickhub.model.Receipt;
import io.tickhub.model.Receipt.FeedLine;
import io.tickhub.model.Receipt.Member;
import io.tickhub.model.Receipt.SymbolLine;
import io.tickhub.model.Reply;
import io.tickhub.model.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/** Makes a receipt that fits into a reply. No state. */
final class Receipts {

    private static final int ROOM = Reply.MAX_BYTES - 4 * 1024;

    private Receipts() {}

    /** Whether everything was counted and forwarded, and everybody finished. */
    static Reply.Drained reply(Findings findings, RollCall roll) {
        List<Member> members = roll.members();
        boolean drained = findings.symbols().stream().allMatch(SymbolLine::complete)
                && findings.areForwarded()
                && members.stream().allMatch(Member::hasFinished);
        return new Reply.Drained(drained, receipt(findings, members, roll.total(Role.PRODUCER), roll.total(Role.HUB)));
    }

    /**
     * @param produced by all producers
     * @param forwarded by all hubs, into feeds too that are gone by now
     */
    static Receipt receipt(Findings findings, List<Member> all, long produced, long forwarded) {
        List<Member> members = fitting(all, Comparator.comparing(Member::hasFinished), ROOM / 8);
        List<FeedLine> feeds = fitting(findings.feeds(), Comparator.comparing(FeedLine::complete), ROOM / 4);
        List<SymbolLine> symbols = fitting(
                findings.symbols(),
                Comparator.comparing(SymbolLine::complete),
                ROOM - Json.write(members).length - Json.write(feeds).length);
        return new Receipt(
                totals(findings, all.size(), produced, forwarded),
                symbols,
                feeds,
                members,
                new Receipt.LeftOut(
                        findings.symbols().size() - symbols.size(),
                        findings.feeds().size() - feeds.size(),
                        all.size() - members.size()));
    }

    private static Receipt.Totals totals(Findings findings, int instances, long produced, long forwarded) {
        List<SymbolLine> symbols = findings.symbols();
        return new Receipt.Totals(
                symbols.size(),
                (int) symbols.stream().filter(line -> !line.complete()).count(),
                produced,
                sum(symbols, SymbolLine::counted),
                sum(symbols, SymbolLine::rejected),
                sum(symbols, SymbolLine::missed),
                sum(symbols, SymbolLine::skipped),
                findings.feeds().size(),
                (int) findings.feeds().stream().filter(line -> !line.complete()).count(),
                forwarded,
                instances);
    }

    private static long sum(List<SymbolLine> lines, ToLongFunction<SymbolLine> figure) {
        return lines.stream().mapToLong(figure).sum();
    }

    /** The first lines, as many as there is room for. */
    private static <L> List<L> fitting(List<L> lines, Comparator<L> order, int room) {
        List<L> fitting = new ArrayList<>();
        int bytes = 0;
        for (L line : lines.stream().sorted(order).toList()) {
            bytes += Json.write(line).length + 1;
            if (bytes > room) {
                break;
            }
            fitting.add(line);
        }
        return fitting;
    }
}
