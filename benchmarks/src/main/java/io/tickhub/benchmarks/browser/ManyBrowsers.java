package io.tickhub.benchmarks.browser;

import io.tickhub.benchmarks.rig.HeapMeter;
import io.tickhub.benchmarks.rig.Latencies;
import io.tickhub.benchmarks.rig.Report;
import io.tickhub.benchmarks.rig.Series;
import io.tickhub.benchmarks.rig.Stage;
import io.tickhub.benchmarks.rig.Ticker;
import io.tickhub.benchmarks.rig.Trial;
import io.tickhub.drill.rig.Await;
import io.tickhub.model.Symbol;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;

/**
 * What many browsers cost one gateway: 500 streams of every tick of 4 symbols out of 20, together 20,000 messages a second, and how old a tick is when it comes to
 * the browser, from its source through Kafka, hub and gateway. The baseline is one stream alone. All of it is on one machine, the browsers too.
 */
public final class ManyBrowsers {

    private static final int SYMBOLS = 20;
    private static final int SYMBOLS_OF_ONE = 4;
    private static final int TICKS_PER_SECOND = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String GATEWAY = "gateway-1";

    private final Trial trial;
    private final int streams;
    private final Stage stage;
    private final HttpClient client;
    private final HeapMeter heap;
    private final int webPort = HeapMeter.freePort();
    private final List<Browser> browsers = new ArrayList<>();

    private ManyBrowsers(Trial trial, Stage stage) {
        this.trial = trial;
        this.streams = trial.effort().choose(500, 10);
        this.stage = stage;
        this.client = stage.own(HttpClient.newHttpClient());
        this.heap = stage.own(new HeapMeter());
    }

    private record Seen(Latencies latencies, double heapMegabytes, double cores) {}

    /** Takes two minutes. */
    public static Report measure(Trial trial) throws InterruptedException {
        trial.tell("starting, with a gateway and %d symbols".formatted(SYMBOLS));
        try (Stage stage = Stage.open(SYMBOLS, trial.logs())) {
            return new ManyBrowsers(trial, stage).measure();
        }
    }

    private Report measure() throws InterruptedException {
        stage.crew()
                .start(
                        GATEWAY,
                        heap.with(Map.of(
                                "TICKHUB_WEB_PORT", Integer.toString(webPort),
                                "TICKHUB_WEB_MAX_STREAMS_PER_ADDRESS", Integer.toString(streams + 1))));
        // It is a member before its page is there.
        Await.until("the gateway serves its page", PATIENCE, this::isServed);
        stage.own(new Ticker(stage.kafka())).begin(stage.symbols(), TICKS_PER_SECOND);
        trial.tell("one stream");
        Seen one = watch(1);
        trial.tell("%d streams".formatted(streams));
        Seen many = watch(streams);
        List<List<String>> faults = browsers.stream()
                .map(Browser::faults)
                .filter(each -> !each.isEmpty())
                .toList();
        browsers.forEach(Browser::close);
        Report report = Report.of("AGE OF A TICK AT THE BROWSER", "TICKS", "P50", "P99", "MAX", "P99 / BASELINE")
                .withTimes("baseline: one stream", one.latencies(), one.latencies())
                .withTimes(streams + " streams", many.latencies(), one.latencies())
                .withSeries(costs("with one stream", one))
                .withSeries(costs("with " + streams + " streams", many))
                .withRemark(cost("with one stream", one))
                .withRemark(cost("with " + streams + " streams", many));
        return faults.isEmpty()
                ? report
                : report.withFailure("%,d streams have not had every tick; the first: %s"
                        .formatted(faults.size(), faults.getFirst()));
    }

    private Seen watch(int count) throws InterruptedException {
        while (browsers.size() < count) {
            browsers.add(Browser.open(client, webPort, symbols(browsers.size())));
        }
        Await.until("every stream has a tick", PATIENCE, () -> browsers.stream().allMatch(Browser::hasTicks));
        Thread.sleep(trial.effort().choose(Duration.ofSeconds(10), Duration.ofSeconds(1)));
        browsers.forEach(Browser::takeAges);
        long beganNanos = System.nanoTime();
        Duration before = stage.crew().processorTime(GATEWAY);
        double heapUsed = heap.watch(trial.effort().choose(Duration.ofSeconds(30), Duration.ofSeconds(2)))
                .getMin();
        Duration used = stage.crew().processorTime(GATEWAY).minus(before);
        double seconds = (System.nanoTime() - beganNanos) / 1e9;
        List<Long> ages = new ArrayList<>();
        browsers.forEach(browser -> ages.addAll(browser.takeAges()));
        return new Seen(Latencies.of(ages), heapUsed, used.toMillis() / 1e3 / seconds);
    }

    private boolean isServed() {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + webPort + "/"))
                .build();
        try {
            return client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                            .join()
                            .statusCode()
                    == 200;
        } catch (CompletionException notYet) {
            return false;
        }
    }

    private List<Symbol> symbols(int browser) {
        return IntStream.range(browser, browser + SYMBOLS_OF_ONE)
                .mapToObj(number -> stage.symbols().get(number % SYMBOLS))
                .toList();
    }

    private static List<Series> costs(String when, Seen seen) {
        return List.of(
                new Series("gateway " + when, "cores", List.of(seen.cores())),
                new Series("heap of the gateway " + when + ", least", "MB", List.of(seen.heapMegabytes())));
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
