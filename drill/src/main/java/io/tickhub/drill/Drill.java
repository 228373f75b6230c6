package io.tickhub.drill;

import io.tickhub.cluster.Brokers;
import io.tickhub.drill.fault.Fault;
import io.tickhub.drill.fault.Pace;
import io.tickhub.drill.proof.Findings;
import io.tickhub.drill.rig.DrillException;
import io.tickhub.drill.rig.Rig;
import io.tickhub.drill.rig.RigConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Breaks a running system again and again and proves after each time that nothing was lost or doubled. For one thread. Owns the
 * system it works on; where something went wrong, it goes on with a new one.
 */
public final class Drill implements AutoCloseable {

    private static final Duration QUIET = Duration.ofSeconds(1);

    private final RigConfig config;
    private final Pace pace;
    private final IntFunction<Brokers> cluster;
    private Brokers brokers;
    private Rig rig;

    /** @param cluster starts a cluster of so many brokers */
    public Drill(RigConfig config, Pace pace, IntFunction<Brokers> cluster) {
        this.config = config;
        this.pace = pace;
        this.cluster = cluster;
    }

    /**
     * Applies one fault so many times.
     *
     * @param afterEach run when the system has been broken once more, and proved
     * @throws DrillException if no system to be broken could be started
     */
    public Outcome run(Fault fault, int times, Runnable afterEach) throws InterruptedException {
        List<Duration> standstills = new ArrayList<>();
        List<String> complaints = new ArrayList<>();
        long lost = 0;
        long doubled = 0;
        for (int i = 0; i < times; i++) {
            prepare(fault.brokers());
            List<String> wrong = new ArrayList<>();
            try {
                standstills.add(strike(fault));
            } catch (RuntimeException e) {
                wrong.add(e.getMessage() == null ? e.toString() : e.getMessage());
            }
            try {
                Findings findings = rig.findings();
                lost += findings.lost();
                doubled += findings.doubled();
                wrong.addAll(findings.complaints());
            } catch (RuntimeException e) {
                wrong.add("the proof failed: " + e.getMessage());
            }
            if (!wrong.isEmpty()) {
                complaints.addAll(wrong);
                close();
            }
            afterEach.run();
        }
        return new Outcome(fault, standstills, lost, doubled, complaints);
    }

    /** Ends the system that is drilled, if there is one. */
    @Override
    public void close() {
        try {
            if (rig != null) {
                rig.close();
            }
        } finally {
            rig = null;
            if (brokers != null) {
                brokers.close();
                brokers = null;
            }
        }
    }

    private void prepare(int size) throws InterruptedException {
        if (rig != null && brokers.size() != size) {
            close();
        }
        if (rig == null) {
            brokers = cluster.apply(size);
            rig = Rig.start(config, brokers);
        }
    }

    private Duration strike(Fault fault) throws InterruptedException {
        rig.watch();
        Thread.sleep(QUIET);
        rig.awaitServed();
        rig.settle();
        rig.watch();
        fault.blow().strike(rig, pace);
        rig.settle();
        return rig.standstill();
    }
}
