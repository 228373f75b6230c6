package io.tickhub.drill.fault;

import io.tickhub.drill.rig.Rig;
import java.time.Duration;
import java.util.List;

/** Brokers that die and come back. No state. */
final class BrokerFaults {

    private static final Duration KILLED = Duration.ofSeconds(15);

    private BrokerFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of("restart-broker", 1, "SIGKILL the only broker and start it again", (rig, pace) -> {
                    rig.brokers().kill(1);
                    rig.brokers().restart(1);
                    rig.awaitServed();
                }),
                Fault.of(
                        "long-outage",
                        1,
                        "SIGKILL the only broker, start it again long after the producer could take no more",
                        (rig, pace) -> {
                            rig.brokers().kill(1);
                            Thread.sleep(pace.outage().multipliedBy(2));
                            rig.brokers().restart(1);
                            rig.awaitServed();
                        }),
                Fault.of(
                                "kill-leader",
                                3,
                                "SIGKILL the broker of three that leads a symbol",
                                (rig, pace) -> killLeader(rig))
                        .within(KILLED),
                Fault.of(
                        "stop-brokers", 3, "SIGKILL all three brokers, start them again after a while", (rig, pace) -> {
                            rig.brokers().killAll();
                            Thread.sleep(pace.outage());
                            rig.brokers().restartAll();
                            rig.awaitServed();
                        }));
    }

    private static void killLeader(Rig rig) throws InterruptedException {
        int leader = rig.hand().leader(rig.hand().partition(rig.symbols().get(0)));
        rig.brokers().kill(leader);
        // It takes part of the partitions with it for as long as nobody has noticed.
        Thread.sleep(Duration.ofSeconds(1));
        rig.awaitServed();
        rig.brokers().restart(leader);
        rig.awaitServed();
    }
}
