package io.tickhub.runtime.presence;

import io.tickhub.model.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TopicDescription;
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
 * <p>A partition is looked at when it holds back its readers at the same offset for a whole period. A transaction there is aborted
 * if its coordinator, asked afterwards, does not count the partition to it, and the partition, asked once more, still has it open. So
 * nothing is ever aborted that could still commit. Of the topics that systems share, only transactions of this system's instances
 * are.
 *
 * <p>One instance does it, the living one with the least name; also one that still starts, for it may be the only one. It owns its thread, not the admin client.
 */
public final class HangingTransactions implements AutoCloseable {

    /** As long as a transaction of this system may last. */
    static final Duration PERIOD = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(HangingTransactions.class);

    private final Admin admin;
    private final Topics topics;
    private final Instances instances;
    private final String self;
    private final ScheduledExecutorService executor;
    /** Where partitions held back their readers at the last look, and at what offset. */
    private Map<TopicPartition, Long> heldBack = Map.of();

    /** A transaction that a partition has open. */
    private record Open(
            TopicPartition partition, long start, long producerId, int producerEpoch, int coordinatorEpoch) {}

    public HangingTransactions(Admin admin, Topics topics, Instances instances, String self) {
        this.admin = admin;
        this.topics = topics;
        this.instances = instances;
        this.self = self;
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
                for (Open hanging : hanging(open(stuck))) {
                    abort(hanging);
                }
            } else {
                heldBack = Map.of();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | KafkaException e) {
            // The cluster is away, or a topic was deleted meanwhile: the next look begins anew.
            LOG.debug("{}: could not look for hanging transactions", self, e);
        }
    }

    private boolean isMine() {
        return instances.alive().stream().noneMatch(other -> other.instance().compareTo(self) < 0);
    }

    /** The last stable offsets of partitions that have anything behind them. */
    private Map<TopicPartition, Long> heldBack() throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest =
                partitions().stream().collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        Map<TopicPartition, ListOffsetsResultInfo> stable = admin.listOffsets(
                        latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get();
        Map<TopicPartition, ListOffsetsResultInfo> ends =
                admin.listOffsets(latest).all().get();
        return stable.entrySet().stream()
                .filter(offset ->
                        offset.getValue().offset() < ends.get(offset.getKey()).offset())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, offset -> offset.getValue().offset()));
    }

    /** Everything that is written in transactions: a replay of dead letters writes ticks so. */
    private Set<TopicPartition> partitions() throws ExecutionException, InterruptedException {
        Set<TopicPartition> all = new HashSet<>();
        Set<String> unknown = new HashSet<>(Set.of(Topic.GROUP_METADATA_TOPIC_NAME));
        topics.system().stream().map(Topics.Spec::name).forEach(unknown::add);
        for (String name : admin.listTopics().names().get()) {
            if (topics.symbol(name).isPresent() || name.startsWith(topics.feedPrefix())) {
                all.add(new TopicPartition(name, 0));
            } else if (topics.isReplyTopic(name)) {
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

    private List<Open> hanging(Set<Open> candidates) throws ExecutionException, InterruptedException {
        if (candidates.isEmpty()) {
            return List.of();
        }
        Map<Long, String> idsByProducer = admin
                .listTransactions(new ListTransactionsOptions()
                        .filterProducerIds(
                                candidates.stream().map(Open::producerId).toList()))
                .all()
                .get()
                .stream()
                .collect(Collectors.toMap(
                        TransactionListing::producerId, TransactionListing::transactionalId, (one, other) -> one));
        Set<String> own = instances.known().stream()
                .flatMap(instance -> instance.transactionalIds().stream())
                .collect(Collectors.toSet());
        List<Open> forgotten = new ArrayList<>();
        for (Open candidate : candidates) {
            Optional<String> id = Optional.ofNullable(idsByProducer.get(candidate.producerId()));
            boolean shared = candidate.partition().topic().equals(Topic.GROUP_METADATA_TOPIC_NAME);
            if ((!shared || id.filter(own::contains).isPresent())
                    && !(id.isPresent() && belongsTo(id.get(), candidate.partition()))) {
                forgotten.add(candidate);
            }
        }
        forgotten.retainAll(open(forgotten.stream().map(Open::partition).collect(Collectors.toSet())));
        return forgotten;
    }

    /** Whether the coordinator counts the partition to a transaction that is not complete. */
    private boolean belongsTo(String id, TopicPartition partition) throws ExecutionException, InterruptedException {
        try {
            return admin.describeTransactions(Set.of(id))
                    .description(id)
                    .get()
                    .topicPartitions()
                    .contains(partition);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TransactionalIdNotFoundException) {
                return false;
            }
            throw e;
        }
    }

    private void abort(Open hanging) throws InterruptedException {
        try {
            var unused = admin.abortTransaction(new AbortTransactionSpec(
                            hanging.partition(),
                            hanging.producerId(),
                            (short) hanging.producerEpoch(),
                            hanging.coordinatorEpoch()))
                    .all()
                    .get();
            LOG.warn("Aborted a transaction that the cluster had forgotten and that held back readers: {}", hanging);
        } catch (ExecutionException e) {
            LOG.error(
                    "Readers wait at a transaction that the cluster has forgotten, and it could not be aborted: {}; an "
                            + "administrator can, with kafka-transactions abort: {}",
                    hanging,
                    e.getCause().toString());
        }
    }
}
