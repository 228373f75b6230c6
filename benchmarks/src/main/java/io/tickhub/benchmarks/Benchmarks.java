package io.tickhub.benchmarks;

import io.tickhub.benchmarks.browser.ManyBrowsers;
import io.tickhub.benchmarks.codec.CodecSpeed;
import io.tickhub.benchmarks.command.CommandRate;
import io.tickhub.benchmarks.concurrency.Concurrency;
import io.tickhub.benchmarks.history.CatchUp;
import io.tickhub.benchmarks.latency.RoundTrip;
import io.tickhub.benchmarks.latency.StatisticsQuery;
import io.tickhub.benchmarks.latency.TickLatency;
import io.tickhub.benchmarks.publishing.Publishing;
import io.tickhub.benchmarks.scaling.Scaling;
import io.tickhub.benchmarks.soak.Soak;
import io.tickhub.benchmarks.start.UpStart;
import io.tickhub.benchmarks.statistics.AggregatorHeap;
import io.tickhub.benchmarks.statistics.StatisticsCost;
import io.tickhub.benchmarks.symbol.ManySymbols;
import io.tickhub.benchmarks.symbol.NewSymbol;
import io.tickhub.benchmarks.throughput.AggregatorJvm;
import io.tickhub.benchmarks.throughput.AggregatorThroughput;
import io.tickhub.benchmarks.throughput.HubThroughput;
import java.util.List;
import java.util.Optional;

/** All benchmarks. No state. */
public final class Benchmarks {

    private static final List<Benchmark> ALL = List.of(
            new Benchmark(
                    "new-symbol",
                    "the time from the first tick of a new symbol to the clients that wait for it",
                    NewSymbol::measure),
            new Benchmark(
                    "catch-up",
                    "the latency of live ticks, while another client reads a million old ones too",
                    CatchUp::measure),
            new Benchmark(
                    "commands",
                    "the time to the answer at 2,000 requests a second, also while a hub is killed",
                    CommandRate::measure),
            new Benchmark(
                    "many-browsers",
                    "500 live streams on one gateway: how old a tick is in the browser, and what it costs",
                    ManyBrowsers::measure),
            new Benchmark("many-symbols", "10,000 symbols made, served and listed in pages", ManySymbols::measure),
            new Benchmark(
                    "aggregator-heap",
                    "5,000 symbols with all bars in one aggregator with a heap of 512 MB",
                    AggregatorHeap::measure),
            new Benchmark(
                    "concurrency",
                    "channels against shared state, in this process and over Kafka; batch, buffer and linger sizes",
                    Concurrency::measure),
            new Benchmark(
                    "statistics",
                    "what bars and statistics cost a thread, compared with count, minimum, maximum and sum",
                    StatisticsCost::measure),
            new Benchmark(
                    "codec",
                    "how fast ticks are read and written, and what that allocates, compared with Jackson's databind",
                    CodecSpeed::measure),
            new Benchmark(
                    "aggregator",
                    "ticks a second through one worker of an aggregator, compared with reading alone and with Kafka Streams",
                    AggregatorThroughput::measure),
            new Benchmark(
                    "aggregator-jvm",
                    "ticks a second through one worker of an aggregator, by collector, heap and compilers of its JVM",
                    AggregatorJvm::measure),
            new Benchmark(
                    "hub",
                    "records a second that one worker of a hub writes into feeds, compared with a plain loop and with Kafka Streams",
                    HubThroughput::measure),
            new Benchmark(
                    "round-trip",
                    "the time of a request and its reply, compared with a raw echo and with Spring",
                    RoundTrip::measure),
            new Benchmark(
                    "get-stats", "how soon a client has the statistics of 1,000 symbols", StatisticsQuery::measure),
            new Benchmark(
                    "latency",
                    "how old a tick is when its subscriber has it, compared with Kafka Streams and Kafka's own tool",
                    TickLatency::measure),
            new Benchmark("start", "the time from `tickhub up` to the first statistics served", UpStart::measure),
            new Benchmark(
                    "publishing",
                    "ticks a second that a producer publishes, compared with Kafka's own tool and with a bare loop",
                    Publishing::measure),
            new Benchmark(
                    "scaling",
                    "10 to 5,000 symbols: an aggregator's cost of a tick and its heap, a join, new symbols",
                    Scaling::measure),
            new Benchmark(
                    "soak",
                    "half an hour at half of the highest rate: whether heaps and latency stay where they are",
                    Soak::measure));

    private Benchmarks() {}

    public static List<Benchmark> all() {
        return ALL;
    }

    public static Optional<Benchmark> named(String name) {
        return ALL.stream().filter(benchmark -> benchmark.name().equals(name)).findFirst();
    }
}
