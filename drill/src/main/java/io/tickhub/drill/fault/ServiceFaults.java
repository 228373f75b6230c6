package io.tickhub.drill.fault;

import io.tickhub.drill.rig.Await;
import io.tickhub.drill.rig.Crew;
import io.tickhub.drill.rig.DrillException;
import io.tickhub.drill.rig.Hand;
import io.tickhub.drill.rig.Rig;
import io.tickhub.drill.rig.Subscriber;
import io.tickhub.model.Role;
import io.tickhub.model.Symbol;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

/** Services that die, stand still, come and go. No state. */
final class ServiceFaults {

    private static final Duration KILLED = Duration.ofSeconds(15);
    private static final Duration STOPPED = Duration.ofSeconds(2);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration CAUGHT_UP = Duration.ofMinutes(2);
    private static final int BACKLOG = 200_000;

    private ServiceFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of("kill-hub", 1, "SIGKILL a hub", (rig, pace) -> kill(rig, first(rig, Role.HUB)))
                        .within(KILLED),
                Fault.of(
                                "kill-aggregator",
                                1,
                                "SIGKILL an aggregator",
                                (rig, pace) -> kill(rig, first(rig, Role.AGGREGATOR)))
                        .within(KILLED),
                Fault.of("kill-producer", 1, "SIGKILL the producer", (rig, pace) -> killProducer(rig))
                        .within(KILLED),
                Fault.of(
                                "kill-two",
                                1,
                                "SIGKILL a hub and an aggregator at once",
                                (rig, pace) -> kill(rig, first(rig, Role.HUB), first(rig, Role.AGGREGATOR)))
                        .within(KILLED),
                Fault.of(
                                "kill-after-subscribe",
                                1,
                                "SIGKILL the hub that has just answered SUBSCRIBE",
                                (rig, pace) -> killAfterSubscribe(rig))
                        .within(KILLED),
                Fault.of(
                        "kill-catching-up",
                        1,
                        "SIGKILL a hub in the middle of a catch-up of %,d ticks".formatted(BACKLOG),
                        (rig, pace) -> killCatchingUp(rig)),
                Fault.of(
                                "pause-hub",
                                1,
                                "SIGSTOP a hub for longer than the session timeout, then SIGCONT",
                                (rig, pace) -> pause(rig, first(rig, Role.HUB), pace))
                        .within(KILLED),
                Fault.of(
                                "pause-aggregator",
                                1,
                                "SIGSTOP an aggregator for longer than the session timeout, then SIGCONT",
                                (rig, pace) -> pause(rig, first(rig, Role.AGGREGATOR), pace))
                        .within(KILLED),
                Fault.of("stop-hub", 1, "SIGTERM a hub", (rig, pace) -> stop(rig, first(rig, Role.HUB)))
                        .within(STOPPED),
                Fault.of(
                                "stop-aggregator",
                                1,
                                "SIGTERM an aggregator",
                                (rig, pace) -> stop(rig, first(rig, Role.AGGREGATOR)))
                        .within(STOPPED),
                Fault.of(
                        "join-leave",
                        1,
                        "a third hub and a third aggregator join and leave, again and again",
                        (rig, pace) -> joinAndLeave(rig, pace)));
    }

    private static void kill(Rig rig, String... names) throws InterruptedException {
        for (String name : names) {
            rig.crew().kill(name);
        }
        rig.awaitServed();
        rig.crew().start(names);
    }

    private static void killProducer(Rig rig) throws InterruptedException {
        String name = first(rig, Role.PRODUCER);
        rig.crew().kill(name);
        rig.crew().start(name);
        rig.awaitServed();
    }

    private static void killAfterSubscribe(Rig rig) throws InterruptedException {
        try (Subscriber newcomer = rig.connect("newcomer")) {
            String owner = commandOwner(rig.hand(), newcomer.name());
            List<Symbol> wanted = rig.symbols();
            var unused = newcomer.subscribe(wanted);
            rig.crew().kill(owner);
            Await.until("the new subscriber gets all symbols", SOON, () -> wanted.stream()
                    .allMatch(symbol -> newcomer.reached(symbol) >= 0));
            rig.awaitServed();
            rig.crew().start(owner);
            leave(rig, newcomer);
        }
    }

    private static void killCatchingUp(Rig rig) throws InterruptedException {
        Symbol symbol = new Symbol("BACKLOG" + System.nanoTime());
        Hand hand = rig.hand();
        hand.list(symbol);
        hand.publish(symbol, 1);
        Await.until("the first tick of " + symbol + " is counted", SOON, () -> rig.stats()
                .get(symbol.toString())
                .isPresent());
        // A subscription starts where the statistics are: far behind, while nobody counts.
        Crew crew = rig.crew();
        List<String> aggregators = crew.alive(Role.AGGREGATOR);
        aggregators.forEach(crew::pause);
        try (Subscriber newcomer = rig.connect("newcomer")) {
            hand.publish(symbol, BACKLOG);
            long start = newcomer.subscribe(List.of(symbol)).start(symbol);
            if (start > BACKLOG / 2) {
                throw new DrillException("there was nothing to catch up: the subscription started at " + start);
            }
            Await.until("the catch-up has begun", SOON, () -> newcomer.reached(symbol) > 0);
            long reached = newcomer.reached(symbol);
            String owner = hand.owner("hub", hand.partition(symbol))
                    .orElseThrow(() -> new DrillException("no hub owns " + symbol));
            crew.kill(owner);
            if (reached >= BACKLOG) {
                throw new DrillException("the catch-up was over before the hub could be killed");
            }
            aggregators.forEach(crew::resume);
            long end = hand.end(symbol);
            Await.until(
                    () -> "the new subscriber gets all of %s: it is at %d of %d, the hub died at %d"
                            .formatted(symbol, newcomer.reached(symbol), end, reached),
                    CAUGHT_UP,
                    () -> newcomer.reached(symbol) == end);
            if (newcomer.missing() > 0) {
                throw new DrillException(newcomer.missing() + " offsets are missing in the catch-up");
            }
            rig.awaitServed();
            crew.start(owner);
            leave(rig, newcomer);
        }
        hand.deleteTopic(hand.partition(symbol).topic());
    }

    private static void pause(Rig rig, String name, Pace pace) throws InterruptedException {
        rig.crew().pause(name);
        Thread.sleep(pace.pause());
        rig.awaitServed();
        rig.crew().resume(name);
        // The zombie wakes up, finds that it is none any longer, and joins again.
        Thread.sleep(pace.pause().dividedBy(2));
        rig.awaitServed();
    }

    private static void stop(Rig rig, String name) throws InterruptedException {
        rig.crew().terminate(name);
        rig.awaitServed();
        // A new process takes so much of a small machine that it would prolong what is measured.
        rig.settle();
        rig.crew().start(name);
        rig.awaitServed();
    }

    private static void joinAndLeave(Rig rig, Pace pace) throws InterruptedException {
        for (int i = 0; i < pace.joins(); i++) {
            rig.crew().start("hub-3", "aggregator-3");
            rig.awaitServed();
            rig.crew().terminate("hub-3");
            rig.crew().terminate("aggregator-3");
            rig.awaitServed();
        }
    }

    /** Proves what the newcomer got while its feed is there, and that it was told of nothing missing. */
    private static void leave(Rig rig, Subscriber newcomer) {
        rig.prove();
        if (newcomer.missing() > 0 || newcomer.isBroken()) {
            throw new DrillException("%d offsets are missing in the feed of %s%s"
                    .formatted(newcomer.missing(), newcomer.name(), newcomer.isBroken() ? ", and it broke" : ""));
        }
    }

    /** The hub that answers a client. */
    private static String commandOwner(Hand hand, String client) throws InterruptedException {
        int partitions = hand.topics().commands().partitions();
        byte[] key = client.getBytes(StandardCharsets.UTF_8);
        TopicPartition partition =
                new TopicPartition(hand.topics().commands().name(), Utils.toPositive(Utils.murmur2(key)) % partitions);
        return hand.owner("hub-commands", partition).orElseThrow(() -> new DrillException("no hub owns " + partition));
    }

    private static String first(Rig rig, Role role) {
        return rig.crew().alive(role).get(0);
    }
}
