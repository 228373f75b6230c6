package io.tickhub.runtime.presence;

import io.tickhub.model.InstanceStatus;
import io.tickhub.runtime.config.KafkaConfig;
import io.tickhub.runtime.table.CompactedTable.Entry;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what instances left open that died without a goodbye. A killed owner's transaction holds back every reader of what it was
 * writing until its timeout; fencing its transactional ids ends it at once. The dead instance's record stays for
 * {@link #MEMORY}, so that one can see who is missing, and is removed then. For one thread; does not own the admin client.
 *
 * <p>A record stays that long for each survivor too: it tells whose transactions these are, should the cluster forget one.
 *
 * <p>Every survivor does it: fencing twice does no harm. An instance that was only asleep makes itself new producers and goes on.
 * After the cluster was away everybody looks dead to everybody for a moment; nobody is fenced then.
 */
public final class DeadInstances implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeadInstances.class);

    /** How long a dead instance's record stays. */
    static final Duration MEMORY = Duration.ofMinutes(1);

    private final Instances instances;
    private final Admin admin;
    private final String self;
    private final String topic;
    private final KafkaProducer<String, byte[]> producer;
    /** By instance, the offset of the record by which it is known to be dead: it may come back and die again. */
    private final Map<String, Long> fencedAtOffset = new ConcurrentHashMap<>();
    /** Those with a request under way. */
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;
    private final AppendClock clock = new AppendClock(InstanceStatus.LEASE, System.nanoTime());

    public DeadInstances(KafkaConfig kafka, Admin admin, Instances instances, String self) {
        this.instances = instances;
        this.admin = admin;
        this.self = self;
        this.topic = kafka.topics().services().name();
        this.producer = new KafkaProducer<>(
                kafka.client(self + "-survivor", Map.of("max.block.ms", 1_000)),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Looks for dead instances and begins to end what they left open; does not wait. */
    public void look() {
        if (!clock.isEven(instances.newestAppend(), System.nanoTime())) {
            return;
        }
        Map<String, Entry<InstanceStatus>> dead = instances.fallenBehind();
        fencedAtOffset.keySet().retainAll(dead.keySet());
        dead.forEach((name, entry) -> {
            if (name.equals(self) || busy.contains(name)) {
                return;
            }
            if (!Long.valueOf(entry.offset()).equals(fencedAtOffset.get(name))) {
                fence(name, entry);
            } else if (entry.appended().plus(MEMORY).isBefore(instances.newestAppend())
                    && System.nanoTime() - entry.receivedNanos() > MEMORY.toNanos()) {
                remove(name);
            }
        });
    }

    @Override
    public void close() {
        closed = true;
        producer.close(Duration.ZERO);
    }

    private void fence(String name, Entry<InstanceStatus> entry) {
        Set<String> ids = new HashSet<>(entry.value().transactionalIds());
        if (ids.isEmpty()) {
            fencedAtOffset.put(name, entry.offset());
            return;
        }
        LOG.warn("{} is gone without a goodbye; ending its open transactions", name);
        busy.add(name);
        var unused = admin.fenceProducers(ids).all().whenComplete((done, failure) -> {
            if (failure == null) {
                fencedAtOffset.put(name, entry.offset());
            } else if (!closed) {
                LOG.warn("The transactions of {} could not be ended: {}", name, failure.toString());
            }
            busy.remove(name);
        });
    }

    private void remove(String name) {
        busy.add(name);
        // Whatever becomes of it: the next look sees whether the record is still there.
        var unused = producer.send(new ProducerRecord<>(topic, name, null), (metadata, failure) -> busy.remove(name));
    }
}
