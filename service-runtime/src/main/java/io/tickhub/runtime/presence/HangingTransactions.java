package io.tickhub.runtime.presence;

import io.tickhub.model.InstanceStatus;
import io.tickhub.model.Role;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.KafkaConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.internals.Topic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends transactions that the cluster itself has forgotten. A broker that starts again after a crash can call a transaction complete
 * without telling the partitions that have no leader at that moment (seen with 4.3.1: "Couldn't find leader endpoint for partitions
 * ... likely deleted already"). Readers of what is committed would then wait at it for ever: the coordinator knows of nothing to time
 * out.
 *
 * <p>A partition is looked at when it holds back its readers at the same offset for a whole period. A transaction there has been
 * forgotten if its coordinator, asked at two looks, does not count the partition to it, and the partition, asked after each, still has
 * it open. It is ended as the coordinator had decided, for other partitions may have been told: committed or, where there was no
 * decision, aborted. A coordinator that is being replaced gives no answer, and then nothing is judged. Of the topics that systems
 * share, only transactions of this system's instances are ended.
 *
 * <p>One hub does it, the living one with the least name; also one that still starts, for it may be the only one. Hubs alone, because
 * where Kafka asks who may do what, this takes rights that nobody else needs. It owns its thread, not the admin client.
 */
public final class HangingTransactions implements AutoCloseable {

    /** As long as a transaction of this system may last. */
    static final Duration PERIOD = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(HangingTransactions.class);

    private final Admin admin;
    private final Topics topics;
    private final TransactionLog decisions;
    private final Markers markers;
    private final Instances instances;
    private final String self;
    private final Consumer<Throwable> onFailure;
    private final ScheduledExecutorService executor;
    /** Where partitions held back their readers at the last look, and at what offset. */
    private Map<TopicPartition, Long> heldBack = Map.of();
    /** Whose transactions they are, where the cluster still knows. */
    private final Map<Long, String> idsByProducer = new HashMap<>();

    /** What was decided on the transactions of this look. */
    private final Map<Written, Optional<TransactionLog.Decision>> decided = new HashMap<>();

    /** What was judged at the last look. */
    private Set<Open> forgotten = Set.of();

    /** What names one transaction of a producer. */
    private record Written(long producerId, int epoch) {}

    /** A transaction that a partition has open. */
    private record Open(
            TopicPartition partition, long start, long producerId, int producerEpoch, int coordinatorEpoch) {}

    /** @param onFailure told, on this object's thread, if a look fails in a way that was not foreseen */
    public HangingTransactions(
            Admin admin, KafkaConfig kafka, Instances instances, String self, Consumer<Throwable> onFailure) {
        this.admin = admin;
        this.topics = kafka.topics();
        this.decisions = new TransactionLog(kafka, self);
        this.markers = new Markers(admin, kafka, self);
        this.instances = instances;
        this.self = self;
        this.onFailure = onFailure;
        this.executor = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, self + "-transactions"));
    }

    public void start() {
        var unused = executor.scheduleWithFixedDelay(
                this::look, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private void look() {
        try {
            if (isMine()) {
                Map<TopicPartition, Long> now = heldBack();
                Set<TopicPartition> stuck = now.keySet().stream()
                        .filter(partition -> now.get(partition).equals(heldBack.get(partition)))
                        .collect(Collectors.toSet());
                heldBack = now;
                Set<Open> before = forgotten;
                forgotten = forgotten(open(stuck));
                decided.clear();
                for (Open twice : open(partitionsOf(forgotten))) {
                    if (forgotten.contains(twice) && before.contains(twice)) {
                        end(twice);
                    }
                }
            } else {
                heldBack = Map.of();
                forgotten = Set.of();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | KafkaException e) {
            // The cluster is away, or a coordinator changes: the next look begins anew.
            heldBack = Map.of();
            forgotten = Set.of();
            LOG.debug("{}: could not look for hanging transactions", self, e);
        } catch (RuntimeException e) {
            onFailure.accept(e);
        }
    }

    private boolean isMine() {
        return instances.alive(Role.HUB).stream()
                .noneMatch(other -> other.instance().compareTo(self) < 0);
    }

    /** The last stable offsets of partitions that have anything behind them. */
    private Map<TopicPartition, Long> heldBack() throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest =
                partitions().stream().collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        Map<TopicPartition, Long> stable = offsets(latest, IsolationLevel.READ_COMMITTED);
        Map<TopicPartition, Long> ends = offsets(latest, IsolationLevel.READ_UNCOMMITTED);
        stable.entrySet().removeIf(offset -> offset.getValue() >= ends.getOrDefault(offset.getKey(), -1L));
        return stable;
    }

    /** The ends of the partitions that answer. */
    private Map<TopicPartition, Long> offsets(Map<TopicPartition, OffsetSpec> latest, IsolationLevel level)
            throws InterruptedException {
        ListOffsetsResult asked =
                admin.listOffsets(latest, new ListOffsetsOptions(level).timeoutMs((int) PERIOD.toMillis()));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (TopicPartition partition : latest.keySet()) {
            try {
                offsets.put(partition, asked.partitionResult(partition).get().offset());
            } catch (ExecutionException e) {
                LOG.debug("{}: no answer about {}", self, partition, e);
            }
        }
        return offsets;
    }

    /** Everything that is written in transactions: a replay of dead letters writes ticks and commands so. */
    private Set<TopicPartition> partitions() throws ExecutionException, InterruptedException {
        Set<TopicPartition> all = new HashSet<>();
        Set<String> unknown = new HashSet<>(Set.of(Topic.GROUP_METADATA_TOPIC_NAME));
        topics.system().stream().map(Topics.Spec::name).forEach(unknown::add);
        for (String name : admin.listTopics().names().get()) {
            if (topics.symbol(name).isPresent()
                    || topics.clientOfCommands(name).isPresent()
                    || name.startsWith(topics.feedPrefix())) {
                all.add(new TopicPartition(name, 0));
            } else if (topics.isReplyTopic(name) || topics.barInterval(name).isPresent()) {
                unknown.add(name);
            }
        }
        for (TopicDescription topic :
                admin.describeTopics(unknown).allTopicNames().get().values()) {
            topic.partitions().forEach(partition -> all.add(new TopicPartition(topic.name(), partition.partition())));
        }
        return all;
    }

    private Set<Open> open(Set<TopicPartition> partitions) throws ExecutionException, InterruptedException {
        Set<Open> found = new HashSet<>();
        if (partitions.isEmpty()) {
            return found;
        }
        admin.describeProducers(partitions).all().get().forEach((partition, producers) -> {
            for (ProducerState producer : producers.activeProducers()) {
                producer.currentTransactionStartOffset()
                        .ifPresent(start -> found.add(new Open(
                                partition,
                                start,
                                producer.producerId(),
                                producer.producerEpoch(),
                                producer.coordinatorEpoch().orElse(0))));
            }
        });
        return found;
    }

    private static Set<TopicPartition> partitionsOf(Set<Open> transactions) {
        return transactions.stream().map(Open::partition).collect(Collectors.toSet());
    }

    /** Those of which no coordinator says that the partition belongs to a transaction that is not complete. */
    private Set<Open> forgotten(Set<Open> candidates) throws ExecutionException, InterruptedException {
        if (candidates.isEmpty()) {
            return Set.of();
        }
        Map<Long, TransactionDescription> own = new HashMap<>();
        for (InstanceStatus instance : instances.known()) {
            for (String id : instance.transactionalIds()) {
                describe(id).ifPresent(described -> own.put(described.producerId(), described));
            }
        }
        idsByProducer.clear();
        Map<Long, TransactionDescription> others = new HashMap<>();
        for (TransactionListing listing : admin.listTransactions(new ListTransactionsOptions()
                        .filterProducerIds(
                                candidates.stream().map(Open::producerId).toList()))
                .all()
                .get()) {
            idsByProducer.put(listing.producerId(), listing.transactionalId());
            describe(listing.transactionalId()).ifPresent(described -> others.put(described.producerId(), described));
        }
        return candidates.stream()
                .filter(open -> own.containsKey(open.producerId())
                        || !open.partition().topic().equals(Topic.GROUP_METADATA_TOPIC_NAME))
                .filter(open -> Stream.of(own.get(open.producerId()), others.get(open.producerId()))
                        .filter(Objects::nonNull)
                        .noneMatch(described -> described.topicPartitions().contains(open.partition())))
                .collect(Collectors.toSet());
    }

    /** What the coordinator of a transactional id knows of it, if anything; fails while the coordinator is being looked for. */
    private Optional<TransactionDescription> describe(String id) throws ExecutionException, InterruptedException {
        try {
            return Optional.of(
                    admin.describeTransactions(Set.of(id)).description(id).get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TransactionalIdNotFoundException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private boolean isCommitted(String id, Open hanging) {
        return decided.computeIfAbsent(
                        new Written(hanging.producerId(), hanging.producerEpoch()),
                        written -> decisions.decision(id, written.producerId(), written.epoch()))
                .filter(decision -> decision == TransactionLog.Decision.COMMIT)
                .isPresent();
    }

    /** As the coordinator had decided: other partitions may have its marker already. Where there was no decision, nobody has one. */
    private void end(Open hanging) throws InterruptedException {
        try {
            Optional<String> id = Optional.ofNullable(idsByProducer.get(hanging.producerId()));
            boolean commits = id.isPresent() && isCommitted(id.get(), hanging);
            if (commits) {
                markers.commit(
                        hanging.partition(),
                        hanging.producerId(),
                        (short) hanging.producerEpoch(),
                        hanging.coordinatorEpoch());
            } else {
                var unused = admin.abortTransaction(new AbortTransactionSpec(
                                hanging.partition(),
                                hanging.producerId(),
                                (short) hanging.producerEpoch(),
                                hanging.coordinatorEpoch()))
                        .all()
                        .get();
            }
            LOG.warn(
                    "{} a transaction that the cluster had forgotten and that held back readers: {}",
                    commits ? "Committed" : "Aborted",
                    hanging);
        } catch (ExecutionException | KafkaException e) {
            LOG.error(
                    "Readers wait at a transaction that the cluster has forgotten, and it could not be ended: {}; an "
                            + "administrator can, with kafka-transactions abort: {}",
                    hanging,
                    e.toString());
        }
    }
}
