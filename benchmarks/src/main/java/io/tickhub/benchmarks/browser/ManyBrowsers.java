package io.tickhub.benchmarks.browser;

import io.tickhub.benchmarks.rig.HeapMeter;
import io.tickhub.benchmarks.rig.Latencies;
import io.tickhub.benchmarks.rig.Report;
import io.tickhub.benchmarks.rig.Stage;
import io.tickhub.benchmarks.rig.Ticker;
import io.tickhub.drill.rig.Await;
import io.tickhub.model.Symbol;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * What many browsers cost one gateway: 500 streams of every tick of 4 symbols out of 20, together 20,000 messages a second, and how old a tick is when it comes to
 * the browser, from its source through Kafka, hub and gateway. The baseline is one stream alone. All of it is on one machine, the browsers too.
 */
public final class ManyBrowsers {

    private static final int BROWSERS = 500;
    private static final int SYMBOLS = 20;
    private static final int SYMBOLS_OF_ONE = 4;
    private static final int TICKS_PER_SECOND = 200;
    private static final Duration SETTLED = Duration.ofSeconds(10);
    private static final Duration MEASURED = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String GATEWAY = "gateway-1";

    private final Stage stage;
    private final HttpClient client;
    private final HeapMeter heap;
    private final int webPort = HeapMeter.freePort();
    private final List<Browser> browsers = new ArrayList<>();

    private ManyBrowsers(Stage stage) {
        this.stage = stage;
        this.client = stage.own(HttpClient.newHttpClient());
        this.heap = stage.own(new HeapMeter());
    }

    private record Seen(Latencies latencies, double heapMegabytes, double cores) {}

    /** Takes two minutes. */
    public static Report measure(Path logs, Consumer<String> told) throws InterruptedException {
        told.accept("starting, with a gateway and %d symbols".formatted(SYMBOLS));
        try (Stage stage = Stage.open(SYMBOLS, logs)) {
            return new ManyBrowsers(stage).measure(told);
        }
    }

    private Report measure(Consumer<String> told) throws InterruptedException {
        stage.crew()
                .start(
                        GATEWAY,
                        heap.with(Map.of(
                                "TICKHUB_WEB_PORT", Integer.toString(webPort),
                                "TICKHUB_WEB_MAX_STREAMS_PER_ADDRESS", Integer.toString(BROWSERS + 1))));
        stage.own(new Ticker(stage.kafka())).begin(stage.symbols(), TICKS_PER_SECOND);
        told.accept("one stream");
        Seen one = watch(1);
        told.accept("%d streams".formatted(BROWSERS));
        Seen many = watch(BROWSERS);
        long conflated = browsers.stream().filter(Browser::isConflated).count();
        browsers.forEach(Browser::close);
        Report report = Report.of("AGE OF A TICK AT THE BROWSER", "TICKS", "P50", "P99", "MAX", "P99 / BASELINE")
                .withRow(one.latencies().row("baseline: one stream", one.latencies()))
                .withRow(many.latencies().row(BROWSERS + " streams", one.latencies()))
                .withRemark(cost("with one stream", one))
                .withRemark(cost("with " + BROWSERS + " streams", many));
        return conflated == 0 ? report : report.withFailure(conflated + " streams were conflated");
    }

    private Seen watch(int streams) throws InterruptedException {
        while (browsers.size() < streams) {
            browsers.add(Browser.open(client, webPort, symbols(browsers.size())));
        }
        Await.until("every stream has a tick", PATIENCE, () -> browsers.stream().allMatch(Browser::hasTicks));
        Thread.sleep(SETTLED);
        browsers.forEach(Browser::takeAges);
        long beganNanos = System.nanoTime();
        Duration before = stage.crew().processorTime(GATEWAY);
        double heapUsed = heap.watch(MEASURED).getMin();
        Duration used = stage.crew().processorTime(GATEWAY).minus(before);
        double seconds = (System.nanoTime() - beganNanos) / 1e9;
        List<Long> ages = new ArrayList<>();
        browsers.forEach(browser -> ages.addAll(browser.takeAges()));
        return new Seen(Latencies.of(ages), heapUsed, used.toMillis() / 1e3 / seconds);
    }

    private List<Symbol> symbols(int browser) {
        return IntStream.range(browser, browser + SYMBOLS_OF_ONE)
                .mapToObj(number -> stage.symbols().get(number % SYMBOLS))
                .toList();
    }

    private static String cost(String when, Seen seen) {
        return String.format(
                Locale.ROOT,
                "%s the gateway takes %.0f %% of a core, and %.0f MB of its heap at the least",
                when,
                seen.cores() * 100,
                seen.heapMegabytes());
    }
}
