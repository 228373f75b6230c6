package io.tickhub.client;

import io.tickhub.model.InstanceStatus;
import io.tickhub.model.Topics;
import io.tickhub.runtime.config.ConfigurationException;
import io.tickhub.runtime.config.KafkaConfig;
import io.tickhub.runtime.table.CompactedTable;
import io.tickhub.runtime.table.CompactedTable.Entry;
import io.tickhub.runtime.table.TableReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Who is there, read from the topic {@code services}: it needs a broker, but no hub. No state.
 *
 * <p>How long an instance has been silent is told by append time, which stands still when nobody writes. So it is waited for the
 * next record of anybody, or for the lease: if none comes within it, all that are listed are silent.
 */
public final class Attendance {

    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(20);

    private Attendance() {}

    /**
     * One instance.
     *
     * @param status what it said last
     * @param heardAt append time of that
     * @param silentFor how long ago that is, at least
     */
    public record Seen(InstanceStatus status, Instant heardAt, Duration silentFor) {

        /** Whether its lease is over: it is gone without a goodbye, or held up. */
        public boolean isSilent() {
            return silentFor.compareTo(InstanceStatus.LEASE) > 0;
        }

        /** From its start, by its own clock, to when it was heard last. */
        public Duration uptime() {
            Duration uptime = Duration.between(status.startedAt(), heardAt);
            return uptime.isNegative() ? Duration.ZERO : uptime;
        }
    }

    /**
     * The instances that have not said goodbye, in order of role and name.
     *
     * @throws ConfigurationException if Kafka does not accept the addresses or a property
     * @throws BrokerException if no broker answers in time
     */
    public static List<Seen> read(KafkaConfig kafka) {
        String name = "tickhub-attendance";
        try (Consumer<byte[], byte[]> ends = new KafkaClients(kafka, name).replyConsumer();
                TableReader tables = new TableReader(kafka, name + "-services", failure -> {})) {
            Topics.Spec topic = kafka.topics().services();
            CompactedTable<InstanceStatus> services = tables.table(topic, InstanceStatus.class);
            if (Objects.requireNonNullElse(ends.partitionsFor(topic.name(), ANSWER), List.of())
                    .isEmpty()) {
                return List.of();
            }
            ends.assign(services.partitions());
            tables.start();
            services.awaitRead(ends.endOffsets(services.partitions(), ANSWER), ANSWER);
            return list(services);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (KafkaException e) {
            throw BrokerException.explain(kafka.bootstrapServers(), ANSWER, e);
        }
    }

    private static List<Seen> list(CompactedTable<InstanceStatus> services) throws InterruptedException {
        Instant newest = services.newestAppend();
        long sinceNanos = System.nanoTime();
        while (!services.entries().isEmpty() && services.newestAppend().equals(newest) && isWithinLease(sinceNanos)) {
            Thread.sleep(LOOK);
        }
        Duration still = services.newestAppend().equals(newest)
                ? Duration.ofNanos(System.nanoTime() - sinceNanos)
                : Duration.ZERO;
        return services.entries().values().stream()
                .map(entry -> seen(entry, services.newestAppend(), still))
                .sorted(Comparator.comparing((Seen seen) -> seen.status().role())
                        .thenComparing(seen -> seen.status().instance()))
                .toList();
    }

    private static boolean isWithinLease(long sinceNanos) {
        return System.nanoTime() - sinceNanos <= InstanceStatus.LEASE.toNanos();
    }

    private static Seen seen(Entry<InstanceStatus> entry, Instant newest, Duration still) {
        return new Seen(
                entry.value(),
                entry.appended(),
                Duration.between(entry.appended(), newest).plus(still));
    }
}
