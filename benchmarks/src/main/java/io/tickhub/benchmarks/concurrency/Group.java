package io.tickhub.benchmarks.concurrency;

import io.tickhub.drill.rig.Await;
import io.tickhub.model.Symbol;
import io.tickhub.runtime.config.KafkaConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** The consumers of one group, which share the symbols evenly. For one thread. Owns them. */
final class Group implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Intake intake = new Intake();
    private final List<Member> members;

    private Group(KafkaConfig kafka, List<Symbol> symbols, int consumers, CpuWork work) {
        String group = "benchmark-" + NUMBER.incrementAndGet();
        this.members = IntStream.rangeClosed(1, consumers)
                .mapToObj(number -> new Member(kafka, symbols, group, group + "-" + number, work, intake))
                .toList();
    }

    /**
     * Makes a new group and waits until each member reads its share.
     *
     * @param consumers a divisor of the number of symbols
     */
    static Group join(KafkaConfig kafka, List<Symbol> symbols, int consumers, CpuWork work)
            throws InterruptedException {
        Group group = new Group(kafka, symbols, consumers, work);
        try {
            Await.until("%d consumers share the symbols".formatted(consumers), PATIENCE, () -> group.members.stream()
                    .allMatch(member -> member.owned() == symbols.size() / consumers));
            return group;
        } catch (RuntimeException | InterruptedException e) {
            group.close();
            throw e;
        }
    }

    Intake intake() {
        return intake;
    }

    @Override
    public void close() {
        members.parallelStream().forEach(Member::close);
    }
}
