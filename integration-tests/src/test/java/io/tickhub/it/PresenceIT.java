package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tickhub.client.Attendance;
import io.tickhub.client.MarketDataClient;
import io.tickhub.client.NoHubException;
import io.tickhub.client.RequestException;
import io.tickhub.model.InstanceStatus;
import io.tickhub.model.Json;
import io.tickhub.model.Reply;
import io.tickhub.model.Role;
import io.tickhub.runtime.Service;
import io.tickhub.runtime.presence.Heartbeat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A client knows whether a hub is there. Its requests would wait for 15 s. */
@ExtendWith(BrokerFirst.class)
@Timeout(180)
class PresenceIT {

    /** The lease, and what a busy machine needs. */
    private static final Duration WITHIN_THE_LEASE = InstanceStatus.LEASE.plusSeconds(5);

    @Test
    void aClusterWithoutASystemIsNoticedAtTheConnection() {
        try (Market market = Market.open()) {
            assertThatExceptionOfType(NoHubException.class)
                    .isThrownBy(() -> market.connect("alice"))
                    .withMessageContaining("no hub has ever run");
        }
    }

    @Test
    void aCleanStopIsKnownAtOnce() {
        try (Market market = Market.open()) {
            market.startHub("hub-1");
            MarketDataClient alice = market.connect("alice");
            assertThat(alice.ping().instance()).isEqualTo("hub-1");

            market.stop("hub-1");

            long begun = System.nanoTime();
            assertThatExceptionOfType(NoHubException.class)
                    .isThrownBy(alice::ping)
                    .withMessageContaining("the last one has stopped");
            assertThat(since(begun)).isLessThan(InstanceStatus.LEASE);

            market.startHub("hub-2");
            assertThat(alice.ping().instance()).as("a later hub is found").isEqualTo("hub-2");
        }
    }

    @Test
    void aKilledHubIsMissedWithinTheLease() {
        try (Market market = Market.open()) {
            market.list("AAPL");
            HubProcess hub = market.forkHub("hub-1");
            MarketDataClient alice = market.connect("alice");
            assertThat(alice.ping().instance()).isEqualTo("hub-1");

            hub.kill();

            long begun = System.nanoTime();
            assertThatExceptionOfType(NoHubException.class)
                    .isThrownBy(alice::ping)
                    .withMessageContaining("nothing was heard");
            assertThat(since(begun)).isLessThan(WITHIN_THE_LEASE);
        }
    }

    @Test
    void theGoodbyeOfAPredecessorDoesNotHideWhoHasItsNameNow() {
        try (Market market = Market.open()) {
            Service predecessor = market.startHub("hub-1");
            market.startHub("hub-1");
            MarketDataClient alice = market.connect("alice");

            predecessor.close();

            assertThat(TopicLog.of(market).read(market.topics().services().name()))
                    .as("records on services")
                    .isNotEmpty()
                    .noneMatch(record -> record.value() == null);
            assertThat(alice.ping().instance()).isEqualTo("hub-1");
        }
    }

    @Test
    void anOldRecordOfAHubIsBelievedForTheLeaseOnly() {
        try (Market market = Market.open()) {
            market.wire().createSystemTopics();
            market.wire()
                    .write(new ProducerRecord<>(
                            market.topics().services().name(), RawRequest.utf8("ghost"), Json.write(ghost())));
            MarketDataClient alice = market.connect("alice");

            long begun = System.nanoTime();
            assertThatExceptionOfType(NoHubException.class).isThrownBy(alice::ping);
            assertThat(since(begun)).isLessThan(WITHIN_THE_LEASE);
        }
    }

    @Test
    void waitingRequestsFailWhenTheLastHubLeaves() {
        try (Market market = Market.open()) {
            market.wire().createSystemTopics();
            // A hub that is there and answers nothing.
            Heartbeat ghost = new Heartbeat(market.kafka(), "ghost", PresenceIT::ghost, () -> false);
            ghost.start();
            MarketDataClient alice = market.connect("alice");
            Market.await("the hub is seen", alice::isHubThere);
            CompletableFuture<Optional<RequestException>> waiting =
                    CompletableFuture.supplyAsync(() -> failureOfPing(alice));
            TopicLog.of(market).await(market.topics().commands().name(), 1, any -> true, "the request");
            assertThat(waiting).isNotDone();

            ghost.close();

            Market.await("the waiting request ends", waiting::isDone);
            assertThat(waiting.join().orElseThrow())
                    .isInstanceOf(NoHubException.class)
                    .hasMessageContaining("the last one has stopped");
        }
    }

    @Test
    void whoIsThereIsKnownWithoutAHub() {
        try (Market market = Market.open()) {
            assertThat(Attendance.read(market.kafka()))
                    .as("before anything ran")
                    .isEmpty();
            market.startAggregator("aggregator-1");

            assertThat(Attendance.read(market.kafka())).singleElement().satisfies(seen -> {
                assertThat(seen.status().instance()).isEqualTo("aggregator-1");
                assertThat(seen.status().role()).isEqualTo(Role.AGGREGATOR);
                assertThat(seen.isSilent()).isFalse();
            });

            market.stop("aggregator-1");
            assertThat(Attendance.read(market.kafka())).as("after a clean stop").isEmpty();
        }
    }

    @Test
    void whoHasFallenSilentIsTold() {
        try (Market market = Market.open()) {
            market.wire().createSystemTopics();
            market.wire()
                    .write(new ProducerRecord<>(
                            market.topics().services().name(), RawRequest.utf8("ghost"), Json.write(ghost())));

            assertThat(Attendance.read(market.kafka()))
                    .as("while nobody else writes")
                    .singleElement()
                    .matches(Attendance.Seen::isSilent);

            market.startAggregator("aggregator-1");
            assertThat(Attendance.read(market.kafka()))
                    .as("beside one that is there, for a minute")
                    .filteredOn(Attendance.Seen::isSilent)
                    .extracting(seen -> seen.status().instance())
                    .containsExactly("ghost");
        }
    }

    private static Optional<RequestException> failureOfPing(MarketDataClient client) {
        try {
            Reply.Pong unexpected = client.ping();
            throw new AssertionError("nobody can have answered: " + unexpected);
        } catch (RequestException e) {
            return Optional.of(e);
        }
    }

    private static InstanceStatus ghost() {
        return new InstanceStatus(
                "ghost", Role.HUB, "0", InstanceStatus.State.RUNNING, Instant.parse("2026-01-01T00:00:00Z"), List.of());
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
