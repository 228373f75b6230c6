package io.tickhub.client.deadletter;

import io.tickhub.client.BrokerException;
import io.tickhub.client.NoHubException;
import io.tickhub.client.deadletter.LetterLog.Range;
import io.tickhub.model.Headers;
import io.tickhub.model.Resolution;
import io.tickhub.runtime.config.ConfigurationException;
import io.tickhub.runtime.config.KafkaConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * The dead letters of a system: to be listed, looked at, sent again, or put aside. No service need run. For one thread. It owns its
 * Kafka clients.
 *
 * <p>A letter is open until a resolution, a record of its own, stands behind it. Replaying writes the original and the resolution in one
 * transaction, so that a crash neither loses nor doubles; of two operators the later one goes on and the earlier one is told.
 *
 * <p>Every method throws {@link BrokerException} if Kafka does not answer, and {@link DeadLetterQueueException} if it cannot do what
 * it should.
 */
public final class DeadLetterQueue implements AutoCloseable {

    /** A letter whose original has failed so often is not replayed any more. */
    public static final int MOST_FAILURES = ReplayRoute.MOST_FAILURES;

    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final String CLIENT = "tickhub-dead-letters";

    private final KafkaConfig kafka;
    private final Admin admin;
    private final LetterLog log;

    /** What is to become of letters. */
    private interface Plan {

        Optional<String> refusal(DeadLetter letter);

        List<ProducerRecord<byte[], byte[]>> records(DeadLetter letter);
    }

    private DeadLetterQueue(KafkaConfig kafka, Admin admin, LetterLog log) {
        this.kafka = kafka;
        this.admin = admin;
        this.log = log;
    }

    /**
     * Connects to a system's dead letters.
     *
     * @throws ConfigurationException if Kafka does not accept the addresses or a property
     * @throws NoHubException if there never was a system in that cluster
     */
    public static DeadLetterQueue connect(KafkaConfig kafka) {
        return BrokerException.explaining(kafka, ANSWER, () -> {
            Admin admin = Admin.create(kafka.client(
                    CLIENT + "-admin",
                    Map.of(
                            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                            (int) ANSWER.toMillis(),
                            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                            (int) ANSWER.toMillis())));
            try {
                return new DeadLetterQueue(kafka, admin, new LetterLog(kafka, CLIENT, admin));
            } catch (RuntimeException e) {
                admin.close(Duration.ZERO);
                throw e;
            }
        });
    }

    /** Tells the open letters that fulfil a condition, those of one partition in their order. */
    public void list(Predicate<DeadLetter> wanted, Consumer<DeadLetter> each) {
        BrokerException.explaining(kafka, ANSWER, () -> {
            readOpen(new Selection.All(wanted), each);
            return true;
        });
    }

    /** The letter of a number, resolved or not, as long as it is kept. */
    public Optional<DeadLetter> find(long number) {
        return BrokerException.explaining(kafka, ANSWER, () -> {
            List<DeadLetter> found = new ArrayList<>();
            Map<TopicPartition, Range> rest = log.ranges(new Selection.Numbers(Set.of(number)));
            rest.replaceAll((partition, range) -> new Range(range.start(), Math.min(range.end(), range.start() + 1)));
            log.read(rest, record -> DeadLetter.of(record, log.topic().partitions())
                    .filter(letter -> letter.number() == number)
                    .ifPresent(found::add));
            return found.stream().findFirst();
        });
    }

    /** Sends the originals of letters again to where they came from, and tells what became of each letter. */
    public void replay(Selection selection, Consumer<Verdict> told) {
        resolveForReal(selection, replayPlan(), told);
    }

    /** Tells what {@link #replay} would do. */
    public void tryReplay(Selection selection, Consumer<Verdict> told) {
        resolve(selection, replayPlan(), LetterWriter.dry(), told);
    }

    /** Puts letters aside as done with, and tells what became of each. */
    public void drop(Selection selection, Consumer<Verdict> told) {
        resolveForReal(selection, dropPlan(), told);
    }

    /** Tells what {@link #drop} would do. */
    public void tryDrop(Selection selection, Consumer<Verdict> told) {
        resolve(selection, dropPlan(), LetterWriter.dry(), told);
    }

    @Override
    public void close() {
        try {
            log.close();
        } finally {
            admin.close(ANSWER);
        }
    }

    private void resolveForReal(Selection selection, Plan plan, Consumer<Verdict> told) {
        // The others are fenced before the letters are read: what they have done is seen, and they can do no more.
        try (LetterWriter writer = BrokerException.explaining(
                kafka, ANSWER, () -> TransactionalLetterWriter.open(kafka, CLIENT + "-writer"))) {
            resolve(selection, plan, writer, told);
        }
    }

    private void resolve(Selection selection, Plan plan, LetterWriter writer, Consumer<Verdict> told) {
        BrokerException.explaining(kafka, ANSWER, () -> {
            Batches batches = new Batches(selection, writer, told);
            readOpen(selection, letter -> plan.refusal(letter)
                    .ifPresentOrElse(
                            why -> batches.refuse(letter, why),
                            () -> batches.add(new LetterWriter.Step(letter, plan.records(letter)))));
            batches.finish();
            return true;
        });
    }

    /** Reads twice: what resolves a letter stands behind it, and all letters at once need not fit into memory. */
    private void readOpen(Selection selection, Consumer<DeadLetter> each) {
        Map<TopicPartition, Range> ranges = log.ranges(selection);
        Resolved resolved = new Resolved(ranges);
        log.read(ranges, resolved::note);
        log.read(ranges, record -> {
            if (!Resolved.isResolution(record) && !resolved.contains(record)) {
                DeadLetter.of(record, log.topic().partitions())
                        .filter(selection::contains)
                        .ifPresent(each);
            }
        });
    }

    private Plan replayPlan() {
        ReplayRoute route = new ReplayRoute(kafka.topics(), this::partitions);
        return new Plan() {
            @Override
            public Optional<String> refusal(DeadLetter letter) {
                return route.refusal(letter);
            }

            @Override
            public List<ProducerRecord<byte[], byte[]>> records(DeadLetter letter) {
                return List.of(route.record(letter), resolution(letter, Resolution.REPLAYED));
            }
        };
    }

    private Plan dropPlan() {
        return new Plan() {
            @Override
            public Optional<String> refusal(DeadLetter letter) {
                return Optional.empty();
            }

            @Override
            public List<ProducerRecord<byte[], byte[]>> records(DeadLetter letter) {
                return List.of(resolution(letter, Resolution.DROPPED));
            }
        };
    }

    private static ProducerRecord<byte[], byte[]> resolution(DeadLetter letter, Resolution resolution) {
        List<Header> headers = List.of(
                header(Headers.RESOLVES, Long.toString(letter.stored().offset())),
                header(Headers.RESOLUTION, resolution.name()),
                header(Headers.TIME, Instant.now().toString()));
        return new ProducerRecord<>(
                letter.stored().topic(),
                letter.stored().partition(),
                letter.stored().key(),
                null,
                headers);
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private OptionalInt partitions(String topic) {
        try {
            return OptionalInt.of(admin.describeTopics(List.of(topic))
                    .topicNameValues()
                    .get(topic)
                    .get()
                    .partitions()
                    .size());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return OptionalInt.empty();
            }
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
