package io.tickhub.cli;

import io.tickhub.client.MarketDataClient;
import io.tickhub.client.MarketEvent;
import io.tickhub.client.Subscription;
import io.tickhub.client.SubscriptionRequest;
import io.tickhub.model.From;
import io.tickhub.model.Symbol;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tickhub watch SYMBOL...}: live ticks until Ctrl-C. */
@Command(
        name = "watch",
        description = {
            "Show the live ticks of symbols with the running average of each, until q or Ctrl-C: in place in a terminal, else line by "
                    + "line.",
            "The average is over all ticks that the system has counted of the symbol, up to the one printed; with --from, over those "
                    + "printed. There is none with --conflate and for '*'."
        },
        footer = {
            "%nExamples:",
            "  tickhub watch AAPL MSFT",
            "  tickhub watch AAPL --from last:100 --lines",
            "  tickhub watch '*' --conflate 1s",
            "  tickhub watch AAPL --json --count 10 | jq -r .price"
        },
        mixinStandardHelpOptions = true)
final class WatchCommand implements Callable<Integer> {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration WAIT = Duration.ofMillis(200);

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Option(
            names = "--from",
            paramLabel = "WHERE",
            converter = FromConverter.class,
            defaultValue = "live",
            description = "Where to begin: live (the default), earliest, offset:N, time:INSTANT of arrival such as "
                    + "time:2026-01-05T14:30:00Z, or last:N for the newest N records.")
    private From from;

    @Option(
            names = "--direct",
            description = "Read the symbols' own topics; the hub only says where to begin, and makes no feed.")
    private boolean direct;

    @Option(
            names = "--conflate",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description =
                    "At most one tick, the latest, of each symbol in so much time, such as 250ms; without averages.")
    private Optional<Duration> conflate = Optional.empty();

    @Option(names = "--await", description = "Wait for symbols that do not exist yet.")
    private boolean await;

    @Option(names = "--lines", description = "One line for each tick in a terminal, too.")
    private boolean inLines;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "End after N ticks in total; exit code 1 if there are no more before.")
    private Optional<Long> count = Optional.empty();

    @Parameters(
            arity = "1..*",
            paramLabel = "SYMBOL",
            converter = SymbolConverter.class,
            description = "Which symbols; '*' for all, also those to come.")
    private List<Symbol> symbols;

    @Override
    public Integer call() {
        long limit = count.orElse(Long.MAX_VALUE);
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--count must be 1 or more");
        }
        SubscriptionRequest request = request();
        CompletableFuture<Void> stop = StopSignals.listen();
        long ticks;
        boolean isCutShort;
        try (MarketDataClient client = options.connect();
                Subscription subscription = client.subscribe(request, TIMEOUT)) {
            try (TickView view = view()) {
                view.begin(subscription);
                HubNotice hub = new HubNotice(client, view.notices());
                while (view.isWatched() && view.ticks() < limit && !stop.isDone() && !subscription.isEnded()) {
                    Optional<MarketEvent> event = subscription.next(Duration.ZERO);
                    if (event.isEmpty()) {
                        view.show();
                        hub.look();
                        event = subscription.next(WAIT);
                    }
                    event.ifPresent(view::print);
                }
                ticks = view.ticks();
                isCutShort = count.isPresent() && ticks < limit && subscription.isEnded();
            }
        }
        if (isCutShort) {
            spec.commandLine()
                    .getErr()
                    .println("tickhub: after " + ticks + " of " + limit + " ticks all symbols ended");
            return ExitCode.FAILED;
        }
        return ExitCode.OK;
    }

    private TickView view() {
        PrintWriter out = spec.commandLine().getOut();
        if (options.isJson()) {
            return new TickPrinter(out, spec.commandLine().getErr(), TickPrinter.Form.JSON, averages());
        }
        Optional<Terminal> terminal = inLines ? Optional.empty() : Terminal.open(out);
        return terminal.<TickView>map(place -> new TickScreen(place, out, averages()))
                .orElseGet(() -> new TickPrinter(out, spec.commandLine().getErr(), TickPrinter.Form.TEXT, averages()));
    }

    /** Where ticks are left out, or those before are not known, an average would be none of all ticks. */
    private TickPrinter.Averages averages() {
        return conflate.isPresent() || symbols.contains(Symbol.ALL)
                ? TickPrinter.Averages.LEFT_OUT
                : TickPrinter.Averages.SHOWN;
    }

    private SubscriptionRequest request() {
        try {
            SubscriptionRequest request = SubscriptionRequest.to(symbols).from(from);
            if (direct) {
                request = request.direct();
            }
            if (await) {
                request = request.awaitTopics();
            }
            return conflate.isPresent() ? request.conflate(conflate.get()) : request;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }
}
