package io.tickhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.cluster.Brokers;
import io.tickhub.cluster.JvmOptions;
import io.tickhub.cluster.LocalBrokers;
import io.tickhub.drill.Drill;
import io.tickhub.drill.Outcome;
import io.tickhub.drill.fault.Faults;
import io.tickhub.drill.fault.Pace;
import io.tickhub.drill.rig.RigConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A short drill: 1,000 ticks a second flow while things break, and nothing is lost or doubled. The faults on one broker share a
 * system, those on three another: in containers where the other scenarios use one. How long anything stood still is logged; {@code
 * tickhub drill} holds it against limits, at leisure.
 */
@Timeout(900)
class DrillIT {

    private static final Logger LOG = LoggerFactory.getLogger(DrillIT.class);
    private static final JvmOptions SERVICE = JvmOptions.quickToStart(192);
    private static final JvmOptions BROKER = JvmOptions.quickToStart(384);

    private static final Path LOGS = Path.of("target", "drill");

    private static Drill drill;

    @BeforeAll
    static void open() throws IOException {
        Path logs = Files.createDirectories(LOGS);
        drill = new Drill(new RigConfig(20, 1_000, 5, SERVICE, logs), Pace.SHORT, DrillIT::start);
    }

    @AfterAll
    static void close() {
        drill.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kill-two",
                "kill-producer",
                "kill-after-subscribe",
                "pause-hub",
                "stop-hub",
                "restart-broker",
                "kill-leader",
                "stop-brokers"
            })
    void nothingIsLostOrDoubled(String fault) throws InterruptedException {
        Outcome outcome = drill.run(Faults.named(fault).orElseThrow(), 1, () -> {});

        LOG.info(
                "{}: lost {}, doubled {}, stood still {} ms",
                fault,
                outcome.lost(),
                outcome.doubled(),
                outcome.worst().toMillis());
        assertThat(outcome.complaints()).isEmpty();
        assertThat(outcome.lost()).isZero();
        assertThat(outcome.doubled()).isZero();
    }

    private static Brokers start(int size) {
        return SharedBroker.isContainer() && size > 1
                ? ContainerBrokers.start(size)
                : LocalBrokers.start(size, BROKER, LOGS);
    }
}
