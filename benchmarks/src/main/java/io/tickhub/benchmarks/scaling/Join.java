package io.tickhub.benchmarks.scaling;

import io.tickhub.benchmarks.rig.LoneBroker;
import io.tickhub.benchmarks.rig.Stage;
import io.tickhub.drill.rig.Await;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;

/** A second service joins a group, and how long it takes until every symbol has an owner again and both have a share. For one thread. */
final class Join {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Of all symbols; half would be even. */
    private static final double SHARE = 0.4;

    private final Stage stage;
    private final String group;
    private final Predicate<MemberDescription> isNew;
    private final String newcomer;

    /** @param newcomer a service that is not started yet, such as {@code aggregator-2} */
    Join(Stage stage, String group, String newcomer) {
        this.stage = stage;
        this.group = stage.kafka().topics().group(group);
        this.newcomer = newcomer;
        this.isNew = member -> member.clientId().startsWith(newcomer);
    }

    /**
     * Starts the service.
     *
     * @return milliseconds since it was in the group; its start does not count
     */
    double measure() throws InterruptedException {
        stage.crew().launch(newcomer);
        Await.until(newcomer + " is in its group", PATIENCE, () -> members().anyMatch(isNew));
        long joinedNanos = System.nanoTime();
        Await.until("every symbol has an owner, and %s its share".formatted(newcomer), PATIENCE, this::isShared);
        return (System.nanoTime() - joinedNanos) / 1e6;
    }

    private boolean isShared() {
        ConsumerGroupDescription described = describe();
        int symbols = stage.symbols().size();
        return described.groupState() == GroupState.STABLE
                && symbols(described.members().stream()) == symbols
                && symbols(described.members().stream().filter(isNew)) >= SHARE * symbols;
    }

    private long symbols(Stream<MemberDescription> members) {
        return members.flatMap(member -> member.assignment().topicPartitions().stream())
                .map(TopicPartition::topic)
                .filter(topic -> stage.kafka().topics().symbol(topic).isPresent())
                .distinct()
                .count();
    }

    private Stream<MemberDescription> members() {
        return describe().members().stream();
    }

    private ConsumerGroupDescription describe() {
        try {
            return LoneBroker.get(stage.system()
                            .admin()
                            .describeConsumerGroups(List.of(group))
                            .all())
                    .get(group);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking for " + group, e);
        }
    }
}
