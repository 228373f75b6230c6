package io.tickhub.benchmarks.concurrency;

import io.tickhub.benchmarks.rig.Report;
import io.tickhub.benchmarks.rig.Trial;
import io.tickhub.cluster.JvmOptions;
import io.tickhub.cluster.LocalBrokers;
import io.tickhub.drill.rig.Installation;
import io.tickhub.drill.rig.RigConfig;
import io.tickhub.model.Symbol;
import io.tickhub.runtime.config.KafkaConfig;
import java.util.List;

/**
 * The figures behind {@code docs/concurrency.md}: channels against shared state in this process; then, over one broker and 20 symbols,
 * producers to consumers, how much a producer collects, and what happens when its buffer is full. No service runs.
 */
public final class Concurrency {

    private static final int SYMBOLS = 20;

    private Concurrency() {}

    /** Takes five minutes. */
    public static Report measure(Trial trial) throws InterruptedException {
        Report report = SharedState.addTo(Rows.empty(), trial);
        RigConfig config = new RigConfig(SYMBOLS, 0, 0, JvmOptions.quickToStart(192), trial.logs());
        try (LocalBrokers brokers = LocalBrokers.start(1, JvmOptions.asKafkaShips(), trial.logs());
                Installation system = Installation.on(brokers, config)) {
            KafkaConfig kafka = system.kafka();
            List<Symbol> symbols = system.symbols();
            report = GroupSizes.addTo(report, kafka, symbols, trial);
            report = BatchSizes.addTo(report, kafka, symbols, trial);
            return FullBuffer.addTo(report, kafka, brokers, symbols, trial);
        }
    }
}
