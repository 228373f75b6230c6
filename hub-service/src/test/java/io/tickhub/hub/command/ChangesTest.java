package io.tickhub.hub.command;

import static io.tickhub.hub.command.HubTablesFixture.ALICE;
import static io.tickhub.hub.command.HubTablesFixture.TOPICS;
import static io.tickhub.hub.command.HubTablesFixture.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.model.ClientId;
import io.tickhub.model.Command;
import io.tickhub.model.ErrorCode;
import io.tickhub.model.Reply;
import io.tickhub.model.Subscription;
import io.tickhub.model.Symbol;
import io.tickhub.runtime.topic.CommandTopics;
import io.tickhub.runtime.topic.CommandTopics.CommandTopic;
import io.tickhub.runtime.topic.TopicCreator;
import io.tickhub.runtime.topic.TopicWatcher;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What is decided without asking the cluster; the rest is seen over a real broker. */
class ChangesTest {

    private static final Symbol AAPL = new Symbol("AAPL");
    private static final Symbol MSFT = new Symbol("MSFT");

    private final HubTablesFixture fixture = new HubTablesFixture();
    private final ClientSubscriptions subscriptions = new ClientSubscriptions(fixture.tables);
    private final Admin noAdmin = (Admin) Proxy.newProxyInstance(
            Admin.class.getClassLoader(), new Class<?>[] {Admin.class}, (proxy, method, arguments) -> {
                throw new AssertionError("the cluster was asked: " + method.getName());
            });
    private final SortedMap<ClientId, CommandTopic> own = new TreeMap<>();
    private final CommandPlaces places = new CommandPlaces(TOPICS, () -> new CommandTopics(0, own));
    private final Changes changes = new Changes(
            TOPICS,
            places,
            fixture.tables,
            subscriptions,
            new TickTopicLookup(noAdmin, TOPICS, new TopicWatcher(noAdmin, TOPICS, "never-started", failure -> {})),
            new TopicCreator(noAdmin));

    @Test
    void whoHasSubscribedAlreadyGetsTheSameRangeAndNothingIsWritten() throws Exception {
        Subscription before = fixture.read(subscription("0-1", "AAPL"));

        Changes.Decision decision = changes.subscribe(request("c2"), Command.Subscribe.live(ALICE, List.of(AAPL)));

        assertThat(decision.written()).isEmpty();
        assertThat(decision.reply())
                .isEqualTo(new Reply.Subscribed(
                        Optional.of(before.feed()),
                        List.of(new Reply.Subscribed.Start(AAPL, "0-1", 5, Optional.empty()))));
    }

    @Test
    void anUnsubscribeThatIsSentAgainGetsTheSameAnswer() throws Exception {
        fixture.read(subscription("0-2", "MSFT").endingAt(7, "c2"));
        fixture.read(subscription("0-1", "AAPL").endingAt(9, "c2"));

        Changes.Decision decision =
                changes.unsubscribe(request("c2"), new Command.Unsubscribe(ALICE, List.of(MSFT, AAPL)));

        assertThat(decision.written()).isEmpty();
        assertThat(decision.reply())
                .isEqualTo(new Reply.Unsubscribed(List.of(
                        new Reply.Unsubscribed.End(MSFT, "0-2", 7), new Reply.Unsubscribed.End(AAPL, "0-1", 9))));
    }

    @Test
    void anotherUnsubscribeFindsNothingOpen() {
        fixture.read(subscription("0-1", "AAPL").endingAt(9, "c2"));

        assertRejected(
                ErrorCode.NOT_SUBSCRIBED,
                "AAPL",
                () -> changes.unsubscribe(request("c3"), new Command.Unsubscribe(ALICE, List.of(AAPL))));
    }

    @Test
    void aChangeInAnotherClientsPartitionIsRefused() {
        ClientId other = otherPartition();

        assertRejected(
                ErrorCode.WRONG_TOPIC,
                "murmur2",
                () -> changes.unsubscribe(request("c3"), new Command.Unsubscribe(other, List.of(AAPL))));
        assertRejected(
                ErrorCode.WRONG_TOPIC,
                "murmur2",
                () -> changes.subscribe(request("c3"), Command.Subscribe.live(other, List.of(AAPL))));
    }

    @Test
    void aChangeOnTheAdminTopicIsRefused() {
        Request request = request(TOPICS.adminCommands().name(), 0, "c3");

        assertRejected(
                ErrorCode.WRONG_TOPIC,
                "commands",
                () -> changes.unsubscribe(request, new Command.Unsubscribe(ALICE, List.of(AAPL))));
    }

    @Test
    void aClientWithItsOwnTopicIsDecidedAboutThereOnly() throws Exception {
        own.put(ALICE, new CommandTopic("commands.alice", "topic-id", 1));
        Subscription before = fixture.read(subscription("0-1", "AAPL"));

        assertRejected(
                ErrorCode.WRONG_TOPIC,
                "commands.alice",
                () -> changes.unsubscribe(request("c3"), new Command.Unsubscribe(ALICE, List.of(AAPL))));
        assertThat(changes.subscribe(request("commands.alice", 0, "c3"), Command.Subscribe.live(ALICE, List.of(AAPL)))
                        .reply())
                .isEqualTo(new Reply.Subscribed(
                        Optional.of(before.feed()),
                        List.of(new Reply.Subscribed.Start(AAPL, "0-1", 5, Optional.empty()))));
    }

    private ClientId otherPartition() {
        TopicPartition own = places.of(ALICE);
        return Arrays.stream(new String[] {"bob", "carol", "dave", "erin"})
                .map(ClientId::new)
                .filter(client -> !places.of(client).equals(own))
                .findFirst()
                .orElseThrow();
    }

    private static Request request(String correlation) {
        TopicPartition shared = new CommandPlaces(TOPICS, () -> new CommandTopics(0, new TreeMap<>())).of(ALICE);
        return request(shared.topic(), shared.partition(), correlation);
    }

    private static Request request(String topic, int partition, String correlation) {
        return new Request(
                new ConsumerRecord<>(topic, partition, 17, new byte[0], new byte[0]),
                Optional.of(new ReplyAddress("replies", OptionalInt.empty(), correlation, ReplyAddress.Form.SPRING)),
                Instant.MAX,
                new Request.Body.Valid(new Command.Ping(ALICE)),
                TOPICS.clientOfCommands(topic));
    }

    private static void assertRejected(ErrorCode code, String part, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Rejected.class, e -> {
            Reply.Failed failed = (Reply.Failed) e.reply();
            assertThat(failed.code()).isEqualTo(code);
            assertThat(failed.message()).contains(part);
        });
    }
}
