package io.tickhub.benchmarks.throughput;

import io.tickhub.benchmarks.peer.FeedPlan;
import io.tickhub.model.ClientId;
import io.tickhub.model.Json;
import io.tickhub.model.Subscription;
import io.tickhub.model.Symbol;
import io.tickhub.model.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Subscribes clients to whole symbols while no hub runs: writes what a hub writes when it answers SUBSCRIBE, so that the hub to be
 * measured finds all subscriptions at its start and has every tick before it. No state.
 */
final class Subscribers {

    private Subscribers() {}

    /** Every subscriber of the plan to its symbol, from the beginning. */
    static void subscribe(Course course, FeedPlan plan) throws InterruptedException {
        Topics topics = course.kafka().topics();
        List<Symbol> symbols = course.backlog().symbols();
        Map<String, TopicDescription> described = course.describe(
                symbols.stream().map(topics::ticks).map(Topics.Spec::name).toList());
        List<Subscription> all = new ArrayList<>();
        for (Symbol symbol : symbols) {
            String topicId =
                    described.get(topics.ticks(symbol).name()).topicId().toString();
            plan.clients(symbol).forEach(client -> all.add(subscription(plan, client, symbol, topicId)));
        }
        write(course, all);
    }

    private static Subscription subscription(FeedPlan plan, ClientId client, Symbol symbol, String topicId) {
        return new Subscription(
                FeedPlan.subscription(client),
                client,
                symbol,
                topicId,
                plan.feed(client).name(),
                0,
                OptionalLong.empty(),
                "00");
    }

    private static void write(Course course, List<Subscription> all) {
        Map<String, Object> properties = course.kafka()
                .client(
                        "benchmark-subscribers",
                        Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "benchmark-subscribers"));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (Subscription subscription : all) {
                var unused = producer.send(new ProducerRecord<>(
                        course.kafka().topics().subscriptions().name(),
                        subscription.key().getBytes(StandardCharsets.UTF_8),
                        Json.write(subscription)));
            }
            producer.commitTransaction();
        }
    }
}
