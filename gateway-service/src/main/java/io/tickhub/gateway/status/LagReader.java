package io.tickhub.gateway.status;

import io.tickhub.gateway.status.SystemStatus.Lag;
import io.tickhub.model.ClientId;
import io.tickhub.model.Topics;
import io.tickhub.runtime.topic.TickTopics;
import io.tickhub.runtime.topic.TickTopics.TickTopic;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares committed offsets with the ends of topics. Thread safe; does not own the admin client. */
public final class LagReader {

    private static final Logger LOG = LoggerFactory.getLogger(LagReader.class);
    private static final int TIMEOUT_MILLIS = 3_000;

    private final Admin admin;
    private final String hubs;
    private final String aggregators;
    private final String gateway;

    /** @param client as whom this gateway reads its feed */
    public LagReader(Admin admin, Topics topics, ClientId client) {
        this.admin = admin;
        this.hubs = topics.group("hub");
        this.aggregators = topics.group("aggregator");
        this.gateway = topics.feedGroup(client);
    }

    /** How far readers are behind; empty if the cluster does not tell in time. */
    Optional<Lag> look(TickTopics ticks, Optional<String> feed) throws InterruptedException {
        Set<TopicPartition> symbols = ticks.bySymbol().values().stream()
                .filter(TickTopic::isUsable)
                .map(topic -> new TopicPartition(topic.name(), 0))
                .collect(Collectors.toSet());
        Set<TopicPartition> feeds =
                feed.stream().map(name -> new TopicPartition(name, 0)).collect(Collectors.toSet());
        Set<TopicPartition> all = new HashSet<>(symbols);
        all.addAll(feeds);
        try {
            // The committed offsets first, so that no lag is negative.
            Map<String, Map<TopicPartition, OffsetAndMetadata>> committed = admin.listConsumerGroupOffsets(
                            Map.of(
                                    hubs, new ListConsumerGroupOffsetsSpec(),
                                    aggregators, new ListConsumerGroupOffsetsSpec(),
                                    gateway, new ListConsumerGroupOffsetsSpec()),
                            new ListConsumerGroupOffsetsOptions().timeoutMs(TIMEOUT_MILLIS))
                    .all()
                    .get();
            Map<TopicPartition, Long> ends = admin
                    .listOffsets(
                            all.stream().collect(Collectors.toMap(each -> each, each -> OffsetSpec.latest())),
                            new ListOffsetsOptions().timeoutMs(TIMEOUT_MILLIS))
                    .all()
                    .get()
                    .entrySet()
                    .stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, end -> end.getValue().offset()));
            return Optional.of(new Lag(
                    lag(symbols, ends, committed.get(hubs)),
                    lag(symbols, ends, committed.get(aggregators)),
                    lag(feeds, ends, committed.get(gateway))));
        } catch (ExecutionException e) {
            LOG.debug("The lag is not known", e);
            return Optional.empty();
        }
    }

    private static long lag(
            Set<TopicPartition> partitions,
            Map<TopicPartition, Long> ends,
            Map<TopicPartition, OffsetAndMetadata> committed) {
        return partitions.stream()
                .mapToLong(partition -> {
                    long place = Optional.ofNullable(committed.get(partition))
                            .map(OffsetAndMetadata::offset)
                            .orElse(0L);
                    return Math.max(0, ends.getOrDefault(partition, 0L) - place);
                })
                .sum();
    }
}
