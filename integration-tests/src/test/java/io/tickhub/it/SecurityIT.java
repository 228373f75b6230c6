package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickhub.client.ClientConfig;
import io.tickhub.client.HubErrorException;
import io.tickhub.client.MarketDataClient;
import io.tickhub.client.MarketEvent;
import io.tickhub.client.NotAllowedException;
import io.tickhub.client.Subscription;
import io.tickhub.client.SubscriptionRequest;
import io.tickhub.client.deadletter.DeadLetterQueue;
import io.tickhub.client.deadletter.Selection;
import io.tickhub.cluster.BrokerConfig;
import io.tickhub.cluster.LocalBroker;
import io.tickhub.model.ClientId;
import io.tickhub.model.ErrorCode;
import io.tickhub.model.Headers;
import io.tickhub.model.Role;
import io.tickhub.model.Symbol;
import io.tickhub.model.Topics;
import io.tickhub.runtime.access.AccessException;
import io.tickhub.runtime.access.Accounts;
import io.tickhub.runtime.access.Acls;
import io.tickhub.runtime.access.ClientAccounts;
import io.tickhub.runtime.access.ClientAccounts.Delivery;
import io.tickhub.runtime.access.ClientAccounts.Password;
import io.tickhub.runtime.access.Login;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nobody does what he must not, where Kafka asks who he is: on a broker that asks, each thing is tried. */
@Timeout(120)
class SecurityIT {

    private static final ClientId ALICE = new ClientId("alice");
    private static final ClientId BOB = new ClientId("bob");
    private static final Symbol AAPL = new Symbol("AAPL");

    private static LocalBroker broker;
    private static Market market;
    private static Topics topics;
    private static Login aliceLogin;
    private static KafkaUser alice;
    private static KafkaUser bob;
    private static KafkaUser producer;

    @BeforeAll
    @Timeout(180)
    static void openMarket() {
        topics = Market.newTopics();
        broker = LocalBroker.start(BrokerConfig.ephemeral().withUsersOf(topics));
        market = Market.on(broker, topics);
        market.list("AAPL");
        market.startHub("hub-1");
        market.startAggregator("aggregator-1");
        aliceLogin = add(ALICE);
        alice = KafkaUser.of(market, aliceLogin);
        bob = KafkaUser.of(market, add(BOB));
        producer =
                KafkaUser.of(market.kafka().with(broker.logins().orElseThrow().of(Role.PRODUCER)));
        market.publish("AAPL", 10);
        // So that there is something to be read on every topic that matters.
        for (KafkaUser user : List.of(alice, bob)) {
            ClientId client = user == alice ? ALICE : BOB;
            market.own(connect(user, client).subscribe("AAPL"));
        }
        market.publish("AAPL", 1);
    }

    @AfterAll
    static void closeMarket() {
        market.close();
        broker.close();
    }

    // ---- what a client must not

    @Test
    void aClientWritesItsCommandsAndNothingElse() {
        List<String> forbidden = everyTopic();
        forbidden.remove(topics.commands(ALICE).name());

        assertThat(forbidden.stream().filter(alice::canWrite)).isEmpty();
        assertThat(forbidden).hasSizeGreaterThan(15);
        assertThat(alice.canWrite(topics.commands(ALICE).name())).isTrue();
    }

    @Test
    void aClientReadsItsRepliesAndItsFeedsAndWhoIsThere() {
        List<String> forbidden = everyTopic();
        List<String> allowed = List.of(
                topics.replies(ALICE).name(), feedOf(ALICE), topics.services().name());
        forbidden.removeAll(allowed);
        forbidden.add("__consumer_offsets");
        forbidden.add("__transaction_state");

        assertThat(forbidden.stream().filter(alice::canRead)).isEmpty();
        assertThat(allowed).allMatch(alice::canRead);
    }

    @Test
    void aClientKeepsItsOwnPlaceInItsOwnFeedOnly() {
        assertThat(alice.canCommit(topics.feedGroup(BOB), feedOf(ALICE))).isFalse();
        assertThat(alice.canCommit(topics.feedGroup(ALICE), feedOf(BOB))).isFalse();
        assertThat(alice.canCommit(topics.group("hub"), topics.ticks(AAPL).name()))
                .isFalse();
        assertThat(alice.canCommit(
                        topics.group("hub-commands"), topics.commands(BOB).name()))
                .isFalse();
    }

    @Test
    void aClientIsNoAdministrator() {
        String own = topics.commands(ALICE).name();
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, own);

        assertThat(alice.can(admin -> admin.createTopics(
                                List.of(new NewTopic(topics.prefix() + "feeds.alice.99", 1, (short) 1)))
                        .all()))
                .isFalse();
        assertThat(alice.can(admin -> admin.deleteTopics(List.of(own)).all())).isFalse();
        assertThat(alice.can(admin -> admin.deleteRecords(
                                Map.of(new TopicPartition(own, 0), RecordsToDelete.beforeOffset(0)))
                        .all()))
                .isFalse();
        assertThat(alice.can(admin -> admin.incrementalAlterConfigs(Map.of(
                                topic,
                                List.of(new AlterConfigOp(
                                        new ConfigEntry("message.timestamp.type", "CreateTime"),
                                        AlterConfigOp.OpType.SET))))
                        .all()))
                .isFalse();
        assertThat(alice.can(admin -> admin.describeAcls(AclBindingFilter.ANY).values()))
                .isFalse();
        assertThat(alice.can(admin -> admin.createAcls(Acls.of(BOB, topics)).all()))
                .isFalse();
        assertThat(alice.can(admin -> admin.describeUserScramCredentials().all()))
                .isFalse();
        assertThat(alice.can(admin -> admin.fenceProducers(List.of(
                                topics.transactionalIds("hub-1", "commands").getFirst()))
                        .all()))
                .isFalse();
        assertThat(alice.canUseTransactions(
                        topics.transactionalIds("hub-1", "commands").getFirst()))
                .isFalse();
        assertThat(alice.canUseTransactions("alice")).isFalse();
        assertThat(alice.can(admin ->
                        admin.deleteConsumerGroups(List.of(topics.group("hub"))).all()))
                .isFalse();
    }

    @Test
    void aClientIsToldWhatItMayNot() {
        MarketDataClient client = connect(alice, ALICE);

        assertThatThrownBy(() -> client.shutdown(Duration.ofSeconds(5)))
                .isInstanceOf(NotAllowedException.class)
                .hasMessageContaining(topics.adminCommands().name());
        assertThatThrownBy(() -> connect(alice, BOB))
                .isInstanceOf(NotAllowedException.class)
                .hasMessageContaining("client bob");
        assertThatThrownBy(() -> DeadLetterQueue.connect(alice.kafka())).isInstanceOf(NotAllowedException.class);
    }

    // ---- what the hub must not be talked into

    @Test
    void bobIsBobWhateverHeSaysOfHimself() {
        String id =
                send(bob, BOB, "{\"type\":\"UNSUBSCRIBE\",\"client\":\"alice\",\"symbols\":[\"MSFT\"]}", replies(BOB));

        assertThat(awaitReply(BOB, id)).contains("NOT_SUBSCRIBED", "client bob");
        assertThat(connect(alice, ALICE).subscriptions())
                .as("alice sees her own subscriptions, and no others")
                .isNotEmpty()
                .allMatch(held -> held.client().equals(ALICE) && held.end().isEmpty());
    }

    @Test
    void repliesGoToWhoHasAskedAndToNobodyElse() {
        String question = "{\"type\":\"LIST_SUBSCRIPTIONS\",\"client\":\"alice\"}";
        List<String> elsewhere = List.of(
                replies(ALICE),
                topics.replies().name(),
                topics.commands(ALICE).name(),
                topics.adminCommands().name(),
                topics.stats().name(),
                topics.control().name(),
                topics.ticks(AAPL).name(),
                feedOf(ALICE));
        List<String> ids =
                elsewhere.stream().map(topic -> send(bob, BOB, question, topic)).toList();
        String last = send(bob, BOB, question, replies(BOB));

        assertThat(awaitReply(BOB, last)).contains("SUBSCRIPTIONS");
        for (int i = 0; i < ids.size(); i++) {
            byte[] id = RawRequest.utf8(ids.get(i));
            assertThat(TopicLog.of(market).read(elsewhere.get(i)))
                    .as(elsewhere.get(i))
                    .noneMatch(record -> RawRequest.isMarked(record, Headers.CORRELATION_ID, id));
        }
        var unused = TopicLog.of(market)
                .await(
                        topics.deadLetters().name(),
                        ids.size(),
                        letter -> ids.stream()
                                .anyMatch(
                                        id -> RawRequest.isMarked(letter, Headers.CORRELATION_ID, RawRequest.utf8(id))),
                        "the requests that could not be answered");
    }

    @Test
    void oneHubDecidesAboutAClientThatHasItsOwnTopic() {
        // The administrator may write the topic of all, and still does not speak for alice there.
        RawRequest.of(market, "alice", "{\"type\":\"UNSUBSCRIBE\",\"client\":\"alice\",\"symbols\":[\"AAPL\"]}")
                .replyTo("in-her-name")
                .send();

        assertThat(RawRequest.awaitReply(market, "in-her-name"))
                .contains(ErrorCode.WRONG_TOPIC.name(), topics.commands(ALICE).name());
    }

    @Test
    void aShutdownOnAClientsTopicIsRefused() {
        String id =
                send(alice, ALICE, "{\"type\":\"SHUTDOWN\",\"client\":\"alice\",\"timeout\":\"PT5S\"}", replies(ALICE));

        assertThat(awaitReply(ALICE, id)).contains(ErrorCode.WRONG_TOPIC.name());
    }

    // ---- producers, services, and nobody

    @Test
    void aProducerWritesTicksAndWhatItSaysOfItself() {
        List<String> allowed = List.of(
                topics.ticks(AAPL).name(),
                topics.services().name(),
                topics.deadLetters().name());
        List<String> forbidden = everyTopic();
        forbidden.removeAll(allowed);

        assertThat(forbidden.stream().filter(producer::canWrite)).isEmpty();
        assertThat(producer.canWrite(topics.ticks(AAPL).name())).isTrue();
        assertThat(producer.canUseTransactions(
                        topics.transactionalIds("hub-1", "commands").getFirst()))
                .isFalse();
        assertThat(Stream.of(
                                topics.commands(ALICE).name(),
                                replies(ALICE),
                                feedOf(ALICE),
                                topics.subscriptions().name())
                        .filter(producer::canRead))
                .isEmpty();
    }

    @Test
    void servicesWriteTheirOwnTopicsOnly() {
        KafkaUser hub = service(Role.HUB);
        KafkaUser aggregator = service(Role.AGGREGATOR);
        List<String> ofAggregators =
                List.of(topics.stats().name(), topics.aggregatorState().name());
        List<String> ofHubs = List.of(
                topics.control().name(),
                topics.subscriptions().name(),
                topics.progress().name(),
                topics.leases().name(),
                topics.replies().name(),
                replies(ALICE),
                feedOf(ALICE));
        List<String> ofOthers = List.of(
                topics.ticks(AAPL).name(),
                topics.commands().name(),
                topics.commands(ALICE).name(),
                topics.adminCommands().name());

        assertThat(Stream.concat(ofAggregators.stream(), ofOthers.stream()).filter(hub::canWrite))
                .isEmpty();
        assertThat(Stream.concat(ofHubs.stream(), ofOthers.stream()).filter(aggregator::canWrite))
                .isEmpty();
        assertThat(List.of(hub, aggregator))
                .as("they end what an instance has left open that is gone")
                .allMatch(user -> user.can(admin -> admin.fenceProducers(List.of(
                                topics.transactionalIds("gone-1", "commands").getFirst()))
                        .all()));
    }

    @Test
    void whoIsNobodyDoesNothing() {
        KafkaUser wrong = KafkaUser.of(market, new Login("alice", "guessed"));
        KafkaUser unknown = KafkaUser.of(market, Login.generated("mallory"));

        for (KafkaUser user : List.of(wrong, unknown)) {
            assertThat(user.canWrite(topics.commands(ALICE).name())).isFalse();
            assertThat(user.canRead(replies(ALICE))).isFalse();
            assertThatThrownBy(() -> connect(user, ALICE))
                    .isInstanceOf(NotAllowedException.class)
                    .hasMessageContaining("refused the user or password");
        }
        KafkaUser anonymous = KafkaUser.of(market.kafka().with(Map.of("security.protocol", "PLAINTEXT")));
        assertThatThrownBy(() -> anonymous.canWrite(topics.commands(ALICE).name()))
                .as("the broker does not even answer")
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("neither done nor denied");
    }

    // ---- what works

    @Test
    void aClientGetsItsTicksAndStatistics() throws Exception {
        Login login = add(new ClientId("carol"));
        try (MarketDataClient carol = connect(KafkaUser.of(market, login), new ClientId("carol"))) {
            assertThat(carol.symbols()).contains(AAPL);
            assertThat(carol.statistics("AAPL")).singleElement().satisfies(stats -> assertThat(stats.count())
                    .isGreaterThan(10));
            try (Subscription subscription = carol.subscribe("AAPL")) {
                long last = market.publish("AAPL", 20);
                List<MarketEvent> events = new ArrayList<>();
                for (MarketEvent event : subscription.events(Duration.ofSeconds(10))) {
                    events.add(event);
                    if (event instanceof MarketEvent.FeedTick tick && tick.offset() == last) {
                        break;
                    }
                }
                assertThat(events.stream().filter(MarketEvent.FeedTick.class::isInstance))
                        .hasSizeGreaterThanOrEqualTo(20);
                assertThat(carol.unsubscribe("AAPL")).containsOnlyKeys(AAPL);
            }
        }
    }

    @Test
    void aClientThatMayReadsTicksDirectly() throws Exception {
        ClientId dora = new ClientId("dora");
        try (MarketDataClient client = connect(KafkaUser.of(market, add(dora, Delivery.DIRECT_TOO)), dora);
                Subscription subscription =
                        client.subscribe(SubscriptionRequest.to("AAPL").direct())) {
            RangeReader reader = RangeReader.reading(market, subscription);
            market.publish("AAPL", 20);
            reader.provesRange("AAPL", client.unsubscribe("AAPL").get(AAPL));
        }
    }

    @Test
    void rangesStayExactWhenAHubWithRightsIsKilled() throws Exception {
        String[] symbols = {"KILL-1", "KILL-2", "KILL-3", "KILL-4"};
        market.list(symbols);
        HubProcess killed = market.forkHub("hub-2");
        ClientId erik = new ClientId("erik");
        try (MarketDataClient client = connect(KafkaUser.of(market, add(erik)), erik);
                Subscription subscription = client.subscribe(symbols)) {
            RangeReader reader = RangeReader.reading(market, subscription);
            Map<Symbol, Long> ends;
            try (Trading trading = Trading.of(market, Trading.Quality.CLEAN, symbols)) {
                trading.start();
                awaitTicks(reader, symbols, 20);

                killed.kill();

                awaitTicks(reader, symbols, 100);
                ends = client.unsubscribe(symbols);
            }
            for (String symbol : symbols) {
                reader.provesRange(symbol, ends.get(new Symbol(symbol)));
            }
        }
    }

    private static void awaitTicks(RangeReader reader, String[] symbols, int count) {
        for (String symbol : symbols) {
            Market.await(
                    count + " ticks of " + symbol, () -> reader.ticks(symbol).size() >= count);
        }
    }

    @Test
    void anAdministratorWorksWithDeadLetters() {
        market.publishBroken("AAPL", "no tick");
        try (DeadLetterQueue queue = DeadLetterQueue.connect(market.kafka())) {
            List<Long> numbers = new ArrayList<>();
            Market.await("the dead letter is there", () -> {
                numbers.clear();
                queue.list(
                        letter -> letter.value()
                                .filter(value -> new String(value, StandardCharsets.UTF_8).equals("no tick"))
                                .isPresent(),
                        letter -> numbers.add(letter.number()));
                return !numbers.isEmpty();
            });

            queue.drop(new Selection.Numbers(Set.copyOf(numbers)), verdict -> {});

            List<Long> open = new ArrayList<>();
            queue.list(letter -> numbers.contains(letter.number()), letter -> open.add(letter.number()));
            assertThat(open).isEmpty();
        }
    }

    @Test
    void aProducerServiceRunsWithItsOwnUser() {
        market.startProducer("producer-1", "TICKHUB_SYMBOLS", "MSFT", "TICKHUB_RATE", "100");

        market.awaitStats(market.connect("admin-client"), "MSFT", stats -> stats.count() > 10, "ticks are counted");

        market.stop("producer-1");
    }

    @Test
    void aClientThatIsMadeAgainBeginsAnew() throws Exception {
        ClientId dave = new ClientId("dave");
        KafkaUser before = KafkaUser.of(market, add(dave));
        connect(before, dave).subscribe("AAPL");
        accounts(accounts -> {
            assertThat(accounts.add(dave, Delivery.FEEDS, Password.OF_OUR_CLIENT))
                    .as("its password stays")
                    .isEmpty();
            accounts.remove(dave, Password.OF_OUR_CLIENT);
            assertThat(accounts.list()).noneMatch(account -> account.client().equals(dave));
        });
        assertThat(before.canWrite(topics.commands(dave).name())).isFalse();

        KafkaUser after = KafkaUser.of(market, add(dave));
        Market.await("dave is served again", () -> isServed(after, dave));
        try (Subscription subscription = connect(after, dave).subscribe("AAPL")) {
            market.publish("AAPL", 1);
            assertThat(subscription.events(Duration.ofSeconds(10)).iterator().next())
                    .isInstanceOf(MarketEvent.FeedTick.class);
        }
    }

    @Test
    void aUserFromElsewhereIsNotTakenOverUnasked() {
        ClientId erin = new ClientId("erin");
        accounts(accounts -> {
            try (Admin admin = admin()) {
                new Accounts(admin).setPassword(Login.generated("erin"));
            }
            assertThatThrownBy(() -> accounts.add(erin, Delivery.FEEDS, Password.OF_OUR_CLIENT))
                    .isInstanceOf(AccessException.class)
                    .hasMessageContaining("--keep-password");
            assertThatThrownBy(() -> accounts.remove(erin, Password.OF_OUR_CLIENT))
                    .isInstanceOf(AccessException.class)
                    .hasMessageContaining("no client erin");
            assertThat(accounts.add(erin, Delivery.DIRECT_TOO, Password.KEPT)).isEmpty();
            assertThat(accounts.list())
                    .filteredOn(account -> account.client().equals(erin))
                    .singleElement()
                    .isEqualTo(new ClientAccounts.Account(erin, true, List.of(), Delivery.DIRECT_TOO));
        });
    }

    // ---- vocabulary

    /** All there are: of the system, of two clients, and of a symbol. */
    private static List<String> everyTopic() {
        List<String> all =
                new ArrayList<>(topics.system().stream().map(Topics.Spec::name).toList());
        for (ClientId client : List.of(ALICE, BOB)) {
            all.addAll(List.of(topics.commands(client).name(), replies(client), feedOf(client)));
        }
        all.add(topics.ticks(AAPL).name());
        return all;
    }

    private static String replies(ClientId client) {
        return topics.replies(client).name();
    }

    private static String feedOf(ClientId client) {
        try (Admin admin = admin()) {
            return Wire.await(admin.listTopics().names()).stream()
                    .filter(topic -> topic.startsWith(topics.feedPrefix(client)))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static KafkaUser service(Role role) {
        return KafkaUser.of(market.kafka().with(broker.logins().orElseThrow().of(role)));
    }

    /** Sends a request on a client's own topic, and returns its correlation id. */
    private static String send(KafkaUser user, ClientId client, String json, String replyTopic) {
        String id = UUID.randomUUID().toString();
        ProducerRecord<byte[], byte[]> request = new ProducerRecord<>(
                topics.commands(client).name(), RawRequest.utf8(client.name()), RawRequest.utf8(json));
        request.headers()
                .add(Headers.CORRELATION_ID, RawRequest.utf8(id))
                .add(Headers.REPLY_TOPIC, RawRequest.utf8(replyTopic));
        assertThat(user.canWrite(request)).as("the request can be sent").isTrue();
        return id;
    }

    private static String awaitReply(ClientId client, String id) {
        ConsumerRecord<byte[], byte[]> reply = TopicLog.of(market)
                .await(
                        replies(client),
                        1,
                        record -> RawRequest.isMarked(record, Headers.CORRELATION_ID, RawRequest.utf8(id)),
                        "the reply to " + id)
                .get(0);
        return new String(reply.value(), StandardCharsets.UTF_8);
    }

    private static MarketDataClient connect(KafkaUser user, ClientId client) {
        return market.connect(ClientConfig.of(user.kafka())
                .withClient(client)
                .withRequestTimeout(Duration.ofSeconds(15))
                .withAtClose(ClientConfig.AtClose.KEEP));
    }

    private static boolean isServed(KafkaUser user, ClientId client) {
        try {
            return connect(user, client).ping() != null;
        } catch (HubErrorException | NotAllowedException e) {
            return false;
        }
    }

    private static Login add(ClientId client) {
        return add(client, Delivery.FEEDS);
    }

    private static Login add(ClientId client, Delivery delivery) {
        List<Login> logins = new ArrayList<>();
        accounts(accounts -> logins.add(
                accounts.add(client, delivery, Password.OF_OUR_CLIENT).orElseThrow()));
        return logins.get(0);
    }

    private interface AccountWork {

        void on(ClientAccounts accounts) throws InterruptedException;
    }

    private static void accounts(AccountWork work) {
        try (Admin admin = admin()) {
            work.on(new ClientAccounts(admin, topics));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Admin admin() {
        return Admin.create(market.kafka().client("test-accounts", Map.of()));
    }
}
