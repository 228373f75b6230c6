package io.tickhub.benchmarks.peer;

import io.tickhub.cluster.ParentWatch;
import java.util.Arrays;
import org.apache.kafka.tools.EndToEndLatency;
import org.apache.kafka.tools.ProducerPerformance;

/** The program of a process that is one {@link KafkaTool}, which would not end by itself when the process that started it is gone. */
public final class KafkaToolMain {

    private KafkaToolMain() {}

    /** The arguments: which tool, and its own. */
    public static void main(String[] arguments) throws Exception {
        ParentWatch.begin(() -> {});
        String[] own = Arrays.copyOfRange(arguments, 1, arguments.length);
        switch (KafkaTool.valueOf(arguments[0])) {
            case PRODUCER_PERFORMANCE -> ProducerPerformance.main(own);
            case END_TO_END_LATENCY -> EndToEndLatency.main(own);
        }
    }
}
