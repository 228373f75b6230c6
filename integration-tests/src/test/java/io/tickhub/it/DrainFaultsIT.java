package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.client.Attendance;
import io.tickhub.client.HubErrorException;
import io.tickhub.client.MarketDataClient;
import io.tickhub.cluster.ServiceProcess;
import io.tickhub.model.DrainState;
import io.tickhub.model.DrainState.Phase;
import io.tickhub.model.ErrorCode;
import io.tickhub.model.Json;
import io.tickhub.model.Receipt;
import io.tickhub.model.Receipt.FinalState;
import io.tickhub.model.Receipt.SymbolLine;
import io.tickhub.model.Reply;
import io.tickhub.model.Role;
import io.tickhub.runtime.Service;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a drain when instances are held up or die in it. */
@ExtendWith(BrokerFirst.class)
@Timeout(150)
class DrainFaultsIT {

    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(40);
    private static final Duration SHORT = Duration.ofSeconds(8);
    private static final Duration TO_END = Duration.ofSeconds(20);
    private static final String[] SOURCE = {"TICKHUB_SYMBOLS", "AAPL,MSFT,TSLA,IBM", "TICKHUB_RATE", "300"};

    @ParameterizedTest
    @EnumSource(Role.class)
    void whoIsHeldUpIsNamedAndTheOthersDrain(Role role) {
        try (Market market = Market.open()) {
            List<Service> services = startAll(market);
            ServiceProcess stuck = market.fork(role, "stuck-1", forkedSource(role));
            MarketDataClient alice = market.connect("alice");
            awaitTicks(market, alice);

            stuck.pause();
            Reply.Drained drained = alice.shutdown(DRAIN_TIMEOUT);

            assertThat(drained.drained()).isFalse();
            assertThat(stateOf(drained, "stuck-1")).isEqualTo(FinalState.GONE);
            assertOthersDrained(drained, "stuck-1");
            services.forEach(service -> assertThat(service.ended()).succeedsWithin(TO_END));
            stuck.resume();
            assertThat(stuck.ended()).as("it finds the drain done, and goes").succeedsWithin(TO_END);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"HUB", "AGGREGATOR"})
    void whatAKilledMemberLeavesIsTakenOver(Role role) {
        try (Market market = Market.open()) {
            List<Service> services = startAll(market);
            MarketDataClient alice = market.connect("alice");
            ServiceProcess killed = market.fork(role, "killed-1");
            awaitTicks(market, alice);
            RangeReader reader = RangeReader.reading(market, alice.subscribe("AAPL", "MSFT", "TSLA", "IBM"));
            Market.await("alice gets ticks", () -> reader.ticks("IBM").size() > 20);
            // Held up, it still has its symbols when the drain begins.
            killed.pause();
            CompletableFuture<Reply.Drained> reply = CompletableFuture.supplyAsync(() -> alice.shutdown(DRAIN_TIMEOUT));
            market.awaitDrain(Phase.STOP_PRODUCERS);

            killed.kill();

            assertThat(reply).succeedsWithin(DRAIN_TIMEOUT);
            Reply.Drained drained = reply.join();
            assertThat(stateOf(drained, "killed-1")).isEqualTo(FinalState.GONE);
            assertOthersDrained(drained, "killed-1");
            assertThat(drained.receipt().feeds()).hasSize(1).allMatch(Receipt.FeedLine::complete);
            services.forEach(service -> assertThat(service.ended()).succeedsWithin(TO_END));
            for (SymbolLine line : drained.receipt().symbols()) {
                long last = line.end() - 1;
                Market.await(
                        "alice has " + line.symbol() + "@" + last,
                        () -> reader.ticks(line.symbol().name()).stream().anyMatch(tick -> tick.offset() == last));
            }
        }
    }

    @Test
    void aCommandThatItsHubDidNotCommitIsObeyedByTheNext() {
        try (Market market = Market.open()) {
            market.startHub("hub-1");
            ServiceProcess first = market.fork(Role.HUB, "first-1");
            ServiceProcess second = market.fork(Role.HUB, "second-1");
            String owner = market.wire()
                    .ownerOf("hub-commands", market.topics().adminCommands().name());
            MarketDataClient alice = market.connect("alice");
            List<ServiceProcess> processes = List.of(first, second);
            List<ServiceProcess> owners = processes.stream()
                    .filter(process -> owner.startsWith(process.name() + "-"))
                    .toList();

            owners.forEach(ServiceProcess::pause);
            CompletableFuture<Reply.Drained> reply = CompletableFuture.supplyAsync(() -> alice.shutdown(DRAIN_TIMEOUT));
            TopicLog.of(market).await(market.topics().adminCommands().name(), 1, any -> true, "the command");
            owners.forEach(ServiceProcess::kill);

            assertThat(reply).succeedsWithin(DRAIN_TIMEOUT.plusSeconds(10));
            owners.forEach(
                    dead -> assertThat(stateOf(reply.join(), dead.name())).isEqualTo(FinalState.GONE));
            processes.forEach(process -> assertThat(process.ended()).succeedsWithin(TO_END));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"STOP_PRODUCERS", "CONSUME", "EXIT"})
    void whenTheCoordinatorDiesAllEndAtTheDeadlineAndStartAgain(Phase phase) {
        try (Market market = Market.open()) {
            List<Service> services = startAll(market);
            MarketDataClient alice = market.connect("alice");
            awaitTicks(market, alice);
            long begun = System.nanoTime();

            announce(market, phase);

            services.forEach(service -> assertThat(service.ended()).succeedsWithin(SHORT.plus(TO_END)));
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            assertThat(took).isLessThan(SHORT.plusSeconds(5));
            Market.await(
                    "nobody is there", () -> Attendance.read(market.kafka()).isEmpty());
            sleepUntil(begun + SHORT.plusSeconds(1).toNanos());
            Service again = market.startHub("hub-1");
            Service aggregator = market.startAggregator("aggregator-1");
            assertThat(alice.ping().instance()).isEqualTo("hub-1");
            assertThat(alice.shutdown(DRAIN_TIMEOUT).receipt().symbols()).allMatch(SymbolLine::complete);
            assertThat(again.ended()).succeedsWithin(TO_END);
            assertThat(aggregator.ended()).succeedsWithin(TO_END);
        }
    }

    @Test
    void aSecondShutdownIsRefusedWhileOneRuns() {
        try (Market market = Market.open()) {
            market.startHub("hub-1");
            market.startAggregator("aggregator-1");
            ServiceProcess stuck = market.fork(Role.AGGREGATOR, "stuck-1");
            MarketDataClient alice = market.connect("alice");
            stuck.pause();
            CompletableFuture<Reply.Drained> first = CompletableFuture.supplyAsync(() -> alice.shutdown(DRAIN_TIMEOUT));
            market.awaitDrain(Phase.STOP_PRODUCERS);

            assertThat(CompletableFuture.supplyAsync(() -> market.connect("bob").shutdown(DRAIN_TIMEOUT)))
                    .failsWithin(DRAIN_TIMEOUT)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOfSatisfying(
                            HubErrorException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DRAINING))
                    .withMessageContaining("is being shut down already, by hub-1 until ");
            assertThat(first).succeedsWithin(DRAIN_TIMEOUT.plusSeconds(10));
        }
    }

    private static String[] forkedSource(Role role) {
        // Symbols of its own: what it has published when it is held up is counted all the same.
        return role == Role.PRODUCER ? new String[] {"TICKHUB_SYMBOLS", "NVDA", "TICKHUB_RATE", "100"} : new String[0];
    }

    private static List<Service> startAll(Market market) {
        return List.of(
                market.startHub("hub-1"),
                market.startAggregator("aggregator-1"),
                market.startProducer("producer-1", SOURCE));
    }

    private static void awaitTicks(Market market, MarketDataClient client) {
        market.awaitStats(client, "AAPL", stats -> stats.count() > 20, "ticks flow");
    }

    private static FinalState stateOf(Reply.Drained drained, String instance) {
        return drained.receipt().instances().stream()
                .filter(member -> member.instance().equals(instance))
                .map(Receipt.Member::state)
                .findFirst()
                .orElseThrow(() -> new AssertionError(instance + " is not in " + drained));
    }

    private static void assertOthersDrained(Reply.Drained drained, String instance) {
        assertThat(drained.receipt().symbols()).isNotEmpty().allMatch(SymbolLine::complete);
        assertThat(drained.receipt().instances())
                .filteredOn(member -> !member.instance().equals(instance))
                .hasSize(3)
                .extracting(Receipt.Member::state)
                .containsOnly(FinalState.DRAINED);
    }

    /** As a coordinator does that is killed right after it. */
    private static void announce(Market market, Phase phase) {
        DrainState drain =
                new DrainState(1, phase, "hub-dead", Instant.now(), SHORT, List.of("hub-dead", "hub-1"), Map.of());
        market.wire()
                .write(new ProducerRecord<>(
                        market.topics().control().name(),
                        DrainState.KEY.getBytes(StandardCharsets.UTF_8),
                        Json.write(drain)));
    }

    private static void sleepUntil(long nanos) {
        Market.await("the deadline is over", () -> System.nanoTime() - nanos > 0);
    }
}
