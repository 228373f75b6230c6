package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.client.MarketDataClient;
import io.tickhub.cluster.BrokerConfig;
import io.tickhub.cluster.JvmOptions;
import io.tickhub.cluster.LocalBroker;
import io.tickhub.cluster.ServiceProcess;
import io.tickhub.gateway.GatewayService;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Role;
import io.tickhub.runtime.config.KafkaConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** SIGTERM ends one instance quickly, and the others go on with its work. */
@ExtendWith(BrokerFirst.class)
@Timeout(120)
class StopIT {

    private static final Logger LOG = LoggerFactory.getLogger(StopIT.class);

    /** The goal is 2 s; the rest is for a busy machine. */
    private static final Duration RECOVERY = Duration.ofSeconds(4);

    /** Each of its Kafka clients waits a moment for an answer. Docker kills after 30 s. */
    private static final Duration IN_TIME = Duration.ofSeconds(12);

    private static final Duration AT_ONCE = Duration.ofSeconds(2);
    private static final String[] SYMBOLS = {"AAPL", "MSFT", "TSLA", "IBM", "NVDA", "AMD"};

    @TempDir
    private Path folder;

    @Test
    void theSymbolsOfAStoppedAggregatorAreCountedOn() {
        try (Market market = Market.open()) {
            startSystem(market);
            ServiceProcess stopping = forkWithSymbols(market, Role.AGGREGATOR, "aggregator");
            MarketDataClient alice = market.connect("alice");

            stopping.terminate();
            Map<String, Long> ends = ends(market);
            long begun = System.nanoTime();

            Market.await(
                    "all symbols are counted past " + ends,
                    () -> alice.statistics().stream()
                                    .filter(stats -> isPast(stats, ends))
                                    .count()
                            == SYMBOLS.length);
            assertRecovered(begun, stopping);
        }
    }

    @Test
    void theSymbolsOfAStoppedHubAreForwardedOn() {
        try (Market market = Market.open()) {
            startSystem(market);
            ServiceProcess stopping = forkWithSymbols(market, Role.HUB, "hub");
            MarketDataClient alice = market.connect("alice");
            RangeReader reader = RangeReader.reading(market, alice.subscribe(SYMBOLS));
            Market.await("all symbols flow", () -> Arrays.stream(SYMBOLS)
                    .allMatch(symbol -> reader.ticks(symbol).size() > 5));

            stopping.terminate();
            Map<String, Long> ends = ends(market);
            long begun = System.nanoTime();

            Market.await("all symbols are forwarded past " + ends, () -> Arrays.stream(SYMBOLS)
                    .allMatch(symbol -> reader.ticks(symbol).getLast().offset() > ends.get(symbol)));
            assertRecovered(begun, stopping);
        }
    }

    @Test
    void aGatewayEndsInTimeWhileItsBrokerHangs() {
        try (LocalBroker broker = LocalBroker.start(BrokerConfig.ephemeral());
                Market market = Market.on(broker.bootstrapServers())) {
            startSystem(market);
            GatewayService gateway = market.startGateway("gateway-1");

            broker.pause();
            long begun = System.nanoTime();
            gateway.close();
            Duration took = since(begun);
            broker.resume();

            LOG.info("Ended {} ms after it was asked to", took.toMillis());
            assertThat(took).isLessThan(IN_TIME);
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void whoWaitsForABrokerEndsAtOnce(Role role) {
        try (ServiceProcess waiting = start(role, "localhost:1")) {
            Market.await(role + " waits", () -> log(waiting).contains("No Kafka broker answers at localhost:1 yet"));

            long begun = System.nanoTime();
            waiting.terminate();

            assertThat(waiting.ended()).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(0);
            assertThat(since(begun)).isLessThan(AT_ONCE);
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void aHostThatCannotBeFoundIsToldInOneSentence(Role role) {
        try (ServiceProcess lost = start(role, "nowhere.invalid:9092")) {
            assertThat(lost.ended()).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(2);
            assertThat(log(lost).strip().lines())
                    .as(log(lost))
                    .singleElement()
                    .asString()
                    .contains("nowhere.invalid:9092");
        }
    }

    private static void startSystem(Market market) {
        market.startHub("hub-1");
        market.startAggregator("aggregator-1");
        market.startProducer("producer-1", "TICKHUB_SYMBOLS", String.join(",", SYMBOLS), "TICKHUB_RATE", "600");
    }

    private static ServiceProcess forkWithSymbols(Market market, Role role, String group) {
        ServiceProcess process = market.fork(role, "stopping-1");
        market.wire().awaitShares(group, "stopping-1 has symbols", shares -> shares.entrySet().stream()
                .anyMatch(share -> share.getKey().startsWith("stopping-1-")
                        && !share.getValue().isEmpty()));
        return process;
    }

    private static Map<String, Long> ends(Market market) {
        return Arrays.stream(SYMBOLS).collect(Collectors.toMap(Function.identity(), symbol -> market.wire()
                .end(symbol)));
    }

    private static boolean isPast(PriceStats stats, Map<String, Long> ends) {
        return stats.asOf() > ends.get(stats.symbol().name());
    }

    private static void assertRecovered(long begunNanos, ServiceProcess stopping) {
        Duration took = since(begunNanos);
        assertThat(stopping.ended().orTimeout(20, TimeUnit.SECONDS).join()).isZero();
        LOG.info("Recovered {} ms after SIGTERM", took.toMillis());
        assertThat(took).isLessThan(RECOVERY);
    }

    private ServiceProcess start(Role role, String bootstrapServers) {
        return ServiceProcess.start(
                role,
                Map.of(KafkaConfig.BOOTSTRAP_SERVERS.name(), bootstrapServers, "TICKHUB_INSTANCE", role + "-1"),
                JvmOptions.quickToStart(128),
                folder.resolve(role + ".log"));
    }

    private static String log(ServiceProcess process) {
        try {
            return Files.readString(process.log());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
