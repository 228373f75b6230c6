package io.tickhub.drill.fault;

import io.tickhub.drill.rig.Await;
import io.tickhub.drill.rig.DrillException;
import io.tickhub.drill.rig.Rig;
import io.tickhub.drill.rig.Subscriber;
import io.tickhub.model.DrainState;
import io.tickhub.model.Reply;
import io.tickhub.model.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** The whole system shut down in the middle of its work, and started again. No state. */
final class DrainFaults {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration GRACE = Duration.ofSeconds(10);

    private DrainFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of(
                        "drain",
                        1,
                        "shut the system down while ticks flow, and start it again",
                        (rig, pace) -> drain(rig)),
                Fault.of(
                        "kill-coordinator",
                        1,
                        "SIGKILL the hub that leads a shutdown, in the middle of it",
                        (rig, pace) -> killCoordinator(rig)));
    }

    private static void drain(Rig rig) throws InterruptedException {
        List<String> all = everybody(rig);
        try (Subscriber operator = rig.connect("operator")) {
            Reply.Drained receipt = operator.client().shutdown(TIMEOUT);
            if (!receipt.drained()) {
                throw new DrillException("the system did not drain: " + receipt);
            }
            for (String name : all) {
                rig.crew().awaitEnd(name, GRACE);
            }
        }
        rig.startAgain();
        rig.awaitServed();
    }

    private static void killCoordinator(Rig rig) throws InterruptedException {
        List<String> all = everybody(rig);
        long before = epoch(rig);
        try (Subscriber operator = rig.connect("operator")) {
            var unused = CompletableFuture.runAsync(() -> operator.client().shutdown(TIMEOUT));
            Await.until("a drain begins", TIMEOUT, () -> epoch(rig) > before);
            String coordinator = drain(rig, before).orElseThrow().coordinator();
            rig.crew().kill(coordinator);
            for (String name : all) {
                if (!name.equals(coordinator)) {
                    rig.crew().awaitEnd(name, TIMEOUT.plus(GRACE));
                }
            }
            // Nobody may start before the deadline of the drain.
            Thread.sleep(TIMEOUT);
        }
        rig.startAgain();
        rig.awaitServed();
    }

    private static long epoch(Rig rig) {
        return drain(rig, -1).map(DrainState::epoch).orElse(0L);
    }

    private static Optional<DrainState> drain(Rig rig, long after) {
        return rig.control().get(DrainState.KEY).filter(state -> state.epoch() > after);
    }

    private static List<String> everybody(Rig rig) {
        return Stream.of(Role.values())
                .flatMap(role -> rig.crew().alive(role).stream())
                .toList();
    }
}
