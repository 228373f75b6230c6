package io.tickhub.client;

import io.tickhub.model.InstanceStatus;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.ConfigurationException;
import io.tickhub.runtime.table.CompactedTable;
import io.tickhub.runtime.table.TableReader;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * What a client has open: a producer for commands, a thread that reads replies, one that reads the table of {@code services}, those
 * of the feeds, and one for what is delivered directly. It owns them all and closes them in reverse order. Thread safe.
 */
final class Connection implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final Resources resources;
    private final Requests requests;
    private final Feeds feeds;
    private final DirectTopics directTopics;
    private final HubPresence presence;

    private Connection(
            Resources resources, Requests requests, Feeds feeds, DirectTopics directTopics, HubPresence presence) {
        this.presence = presence;
        this.resources = resources;
        this.requests = requests;
        this.feeds = feeds;
        this.directTopics = directTopics;
    }

    /**
     * Opens everything; returns when replies can be received and it is known which instances there are.
     *
     * @throws ConfigurationException if Kafka does not accept the addresses or a property
     * @throws BrokerException if no broker answers in time
     * @throws NoHubException if the system's topics do not exist
     * @throws NotAllowedException if the broker does not take the user, or the user may not use the topics
     */
    static Connection open(ClientConfig config) {
        Resources resources = new Resources();
        try {
            return open(config, resources);
        } catch (InterruptedException e) {
            resources.close();
            throw new InterruptException(e);
        } catch (KafkaException e) {
            resources.close();
            throw BrokerException.explain(config.kafka().bootstrapServers(), CONNECT_TIMEOUT, e);
        } catch (RuntimeException e) {
            resources.close();
            throw e;
        }
    }

    Requests requests() {
        return requests;
    }

    Feeds feeds() {
        return feeds;
    }

    DirectTopics directTopics() {
        return directTopics;
    }

    boolean isHubThere() {
        return presence.isHubThere();
    }

    @Override
    public void close() {
        resources.close();
    }

    private static Connection open(ClientConfig config, Resources resources) throws InterruptedException {
        Topics topics = config.kafka().topics();
        String name = "tickhub-" + config.client();
        KafkaClients clients = new KafkaClients(config.kafka(), name);
        PendingRequests pending = new PendingRequests(config.maxPendingRequests());

        Consumer<byte[], byte[]> replies = resources.add(clients.replyConsumer());
        Route route = Route.of(config.client(), topics, topic -> partitions(replies, topic));
        if (partitions(replies, topics.services()) == 0) {
            throw NoHubException.missing(topics.services());
        }

        TableReader tables = resources.add(new TableReader(
                config.kafka(),
                name + "-services",
                failure -> pending.close(new Outcome.Broken("it can no longer be known who is there", failure))));
        CompactedTable<InstanceStatus> services = tables.table(topics.services(), InstanceStatus.class);
        tables.start();
        // Assigned, because Kafka's client warns of end offsets of partitions that are not.
        replies.assign(services.partitions());
        services.awaitRead(replies.endOffsets(services.partitions(), CONNECT_TIMEOUT), CONNECT_TIMEOUT);

        replies.assign(Set.of(route.replies()));
        replies.seekToEnd(Set.of(route.replies()));
        // Without this the place would be looked up by the first poll, perhaps after the first reply has been written.
        replies.position(route.replies(), CONNECT_TIMEOUT);
        HubPresence presence = HubPresence.from(services);

        Producer<byte[], byte[]> producer = clients.commandProducer();
        resources.add(() -> producer.close(CLOSE_TIMEOUT));
        ReplyReader reader = new ReplyReader(replies, pending, presence, System::nanoTime);
        Thread thread = Thread.ofPlatform().daemon().name(name + "-replies").start(reader);
        resources.add(() -> {
            reader.stop();
            thread.join(CLOSE_TIMEOUT);
        });
        String group = topics.feedGroup(config.client());
        Feeds feeds = new Feeds(feed -> clients.feedConsumer(feed, group), presence);
        resources.add(feeds::close);
        String servers = config.kafka().bootstrapServers();
        DirectTopics directTopics =
                new DirectTopics(clients::tickConsumer, () -> new SymbolTopics(clients.admin(), topics, servers));
        resources.add(directTopics::close);
        resources.add(() -> pending.close(new Outcome.Closed()));
        Requests requests = new Requests(producer, topics, route, pending, presence, System::nanoTime);
        return new Connection(resources, requests, feeds, directTopics, presence);
    }

    private static int partitions(Consumer<byte[], byte[]> consumer, Topics.Spec topic) {
        return Objects.requireNonNullElse(consumer.partitionsFor(topic.name(), CONNECT_TIMEOUT), List.of())
                .size();
    }
}
