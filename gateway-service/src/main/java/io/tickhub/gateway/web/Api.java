package io.tickhub.gateway.web;

import io.javalin.http.Context;
import io.tickhub.client.HubErrorException;
import io.tickhub.client.MarketDataClient;
import io.tickhub.client.RequestException;
import io.tickhub.gateway.status.StatusWatch;
import io.tickhub.gateway.tape.Board;
import io.tickhub.gateway.tape.TapeItem;
import io.tickhub.model.Bar;
import io.tickhub.model.BarInterval;
import io.tickhub.model.ErrorCode;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Symbol;
import io.tickhub.runtime.table.CompactedTable;
import io.tickhub.runtime.table.CompactedTable.Entry;
import io.tickhub.runtime.topic.TickTopics;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The part of the interface that asks once. Thread safe; owns nothing. */
public final class Api {

    private static final int MOST_TICKS = 20_000;
    private static final int TICKS = 120;
    private static final BarInterval MINUTE = new BarInterval(60);
    private static final int BARS = 500;
    private static final int MOST_BARS = 2_000;

    private final Supplier<TickTopics> symbols;
    private final CompactedTable<PriceStats> statistics;
    private final Board board;
    private final StatusWatch status;
    private final Supplier<Optional<MarketDataClient>> hubs;
    private final Parameters parameters;
    /** The versions of a table begin anew with each start. */
    private final String run = Long.toHexString(System.currentTimeMillis());

    private record Symbols(Collection<Symbol> symbols) {}

    private record Statistics(List<PriceStats> stats) {}

    private record Bars(List<Bar> bars) {}

    /**
     * @param hubs whom to ask for bars, while there is a connection
     * @param mostSymbols that one request may name
     */
    public Api(
            Supplier<TickTopics> symbols,
            CompactedTable<PriceStats> statistics,
            Board board,
            StatusWatch status,
            Supplier<Optional<MarketDataClient>> hubs,
            int mostSymbols) {
        this.symbols = symbols;
        this.statistics = statistics;
        this.board = board;
        this.status = status;
        this.hubs = hubs;
        this.parameters = new Parameters(mostSymbols);
    }

    void symbols(Context request) {
        TickTopics known = symbols.get();
        Answers.tagged(
                request,
                Integer.toHexString(known.bySymbol().keySet().hashCode()) + "-"
                        + known.bySymbol().size(),
                () -> new Symbols(known.bySymbol().keySet()));
    }

    void allStatistics(Context request) {
        Set<Symbol> wanted = parameters.wanted(request);
        long version = statistics.version();
        Answers.tagged(
                request,
                run + "-" + version + "-" + Integer.toHexString(wanted.hashCode()),
                () -> new Statistics(statistics.values().stream()
                        .filter(stats -> wanted.contains(Symbol.ALL) || wanted.contains(stats.symbol()))
                        .sorted(Comparator.comparing(PriceStats::symbol))
                        .toList()));
    }

    void statistics(Context request) {
        Symbol symbol = Parameters.symbol(request);
        Entry<PriceStats> entry = statistics.entry(symbol.name()).orElseThrow(() -> noStatistics(symbol));
        Answers.tagged(
                request, entry.value().topicId().replaceAll("[^A-Za-z0-9_-]", "") + "-" + entry.offset(), entry::value);
    }

    /** The newest ticks that the gateway has in memory, for a page that begins. */
    void ticks(Context request) {
        Set<Symbol> wanted = parameters.wanted(request);
        int limit = Parameters.number(request, "limit", TICKS, 1, Board.MOST_RECENT);
        // They are JSON already.
        List<TapeItem> found = board.all().stream()
                .filter(entry -> wanted.contains(Symbol.ALL) || wanted.contains(entry.symbol()))
                .flatMap(entry -> entry.recent(limit).stream())
                .sorted(Comparator.comparingLong(TapeItem::sequence))
                .toList();
        String ticks = found.stream()
                .skip(Math.max(0, found.size() - MOST_TICKS))
                .map(TapeItem::json)
                .collect(Collectors.joining(",", "{\"ticks\":[", "]}"));
        request.header("Cache-Control", "no-store");
        request.contentType("application/json").result(ticks);
    }

    /** The newest bars of a symbol, as a hub answers them. */
    void bars(Context request) {
        Symbol symbol = Parameters.symbol(request);
        BarInterval interval = Parameters.barInterval(request, "interval", MINUTE);
        int limit = Parameters.number(request, "limit", BARS, 1, MOST_BARS);
        requireTopic(symbol);
        MarketDataClient client = hubs.get()
                .orElseThrow(() -> new ProblemException(
                        Problem.Kind.NOT_READY, "the gateway is not connected to a hub; try again in a moment"));
        try {
            Answers.json(request, new Bars(client.bars(symbol, interval, limit)));
        } catch (HubErrorException e) {
            throw new ProblemException(
                    e.code() == ErrorCode.BAD_REQUEST ? Problem.Kind.BAD_REQUEST : Problem.Kind.NOT_READY,
                    e.getMessage());
        } catch (RequestException e) {
            throw new ProblemException(Problem.Kind.NOT_READY, e.getMessage());
        }
    }

    void services(Context request) throws InterruptedException {
        Answers.json(request, status.status());
    }

    private ProblemException noStatistics(Symbol symbol) {
        requireTopic(symbol);
        return new ProblemException(
                Problem.Kind.NO_STATISTICS, symbol + " has no statistics yet: nothing of it has been counted");
    }

    private void requireTopic(Symbol symbol) {
        if (symbols.get().find(symbol).isEmpty()) {
            throw new ProblemException(
                    Problem.Kind.UNKNOWN_SYMBOL,
                    "there is no symbol " + symbol + "; /api/symbols lists those there are");
        }
    }
}
