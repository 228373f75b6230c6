package io.tickhub.runtime.presence;

import io.tickhub.model.InstanceStatus;
import io.tickhub.runtime.config.KafkaConfig;
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
 * writing until its timeout; fencing its transactional ids ends it at once. Then the dead instance's record is removed. For one
 * thread; does not own the admin client.
 *
 * <p>Every survivor does it: fencing twice does no harm. An instance that was only asleep makes itself new producers and goes on.
 * After the cluster was away everybody looks dead to everybody for a moment; nobody is fenced then.
 */
public final class DeadInstances implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeadInstances.class);

    private final Instances instances;
    private final Admin admin;
    private final String self;
    private final String topic;
    private final KafkaProducer<String, byte[]> producer;
    private final Set<String> fencing = ConcurrentHashMap.newKeySet();
    private final AppendClock clock = new AppendClock(System.nanoTime());

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
        for (InstanceStatus dead : instances.fallenBehind()) {
            if (!dead.instance().equals(self) && fencing.add(dead.instance())) {
                fence(dead);
            }
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }

    private void fence(InstanceStatus dead) {
        Set<String> ids = new HashSet<>(dead.transactionalIds());
        if (ids.isEmpty()) {
            remove(dead);
            return;
        }
        LOG.warn("{} is gone without a goodbye; ending its open transactions", dead.instance());
        var unused = admin.fenceProducers(ids).all().whenComplete((done, failure) -> {
            if (failure == null) {
                remove(dead);
            } else {
                LOG.warn("The transactions of {} could not be ended: {}", dead.instance(), failure.toString());
                fencing.remove(dead.instance());
            }
        });
    }

    private void remove(InstanceStatus dead) {
        var unused = producer.send(new ProducerRecord<>(topic, dead.instance(), null), (metadata, failure) -> {
            // Whatever became of it: the next look sees whether the record is still there.
            fencing.remove(dead.instance());
        });
    }
}
