package io.tickhub.runtime.meter;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.KafkaMetric;

/**
 * What is shown of each Kafka client: figures of the whole client, of which there are few. Those of single topics, partitions and brokers
 * are left out: there are thousands of topics. The names are those that Micrometer gives them, so that ready-made dashboards fit.
 */
public enum KafkaClientMetrics {
    LAG(
            "consumer-fetch-manager-metrics",
            "records-lag-max",
            "Largest lag of any partition that a consumer reads, of the last 30 to 60 s.",
            Kind.VALUE),
    CONSUMED("consumer-fetch-manager-metrics", "records-consumed-total", "Records read.", Kind.TOTAL),
    FETCH_LATENCY("consumer-fetch-manager-metrics", "fetch-latency-avg", "Milliseconds for one fetch.", Kind.VALUE),
    REBALANCES(
            "consumer-coordinator-metrics", "rebalance-total", "Rebalances of the group that were joined.", Kind.TOTAL),
    REBALANCES_FAILED("consumer-coordinator-metrics", "failed-rebalance-total", "Rebalances that failed.", Kind.TOTAL),
    SENT("producer-metrics", "record-send-total", "Records sent.", Kind.TOTAL),
    SEND_LATENCY("producer-metrics", "request-latency-avg", "Milliseconds until a broker answers.", Kind.VALUE),
    RETRIES("producer-metrics", "record-retry-total", "Records sent again.", Kind.TOTAL),
    ERRORS("producer-metrics", "record-error-total", "Records that were given up.", Kind.TOTAL),
    ADMIN_REQUESTS("admin-client-metrics", "request-total", "Requests of an admin client.", Kind.TOTAL);

    private static final String CLIENT_ID = "client-id";
    private static final String CLIENT_TAG = "client.id";

    private final String group;
    private final String kafkaName;
    private final String description;
    private final Kind kind;

    private enum Kind {
        /** Goes up and down; not a number while there is nothing to measure. */
        VALUE,
        /** Only goes up. */
        TOTAL
    }

    KafkaClientMetrics(String group, String kafkaName, String description, Kind kind) {
        this.group = group;
        this.kafkaName = kafkaName;
        this.description = description;
        this.kind = kind;
    }

    /** The meter's name; Prometheus shows it with `_` for `.`. */
    public String meter() {
        return "kafka." + group.replace("-metrics", "").replace('-', '.') + "." + kafkaName.replace('-', '.');
    }

    /** One sentence. */
    public String description() {
        return description;
    }

    /** Which of these a client's metric is, if any. */
    static Optional<KafkaClientMetrics> of(MetricName name) {
        return Stream.of(values())
                .filter(metric -> metric.group.equals(name.group()) && metric.kafkaName.equals(name.name()))
                .filter(metric -> name.tags().keySet().equals(Set.of(CLIENT_ID)))
                .findFirst();
    }

    Meter register(MeterRegistry registry, KafkaMetric metric) {
        String client = metric.metricName().tags().get(CLIENT_ID);
        return switch (kind) {
            case VALUE ->
                Gauge.builder(meter(), metric, KafkaClientMetrics::number)
                        .description(description)
                        .tag(CLIENT_TAG, client)
                        .register(registry);
            case TOTAL ->
                FunctionCounter.builder(meter(), metric, KafkaClientMetrics::number)
                        .description(description)
                        .tag(CLIENT_TAG, client)
                        .register(registry);
        };
    }

    private static double number(KafkaMetric metric) {
        return metric.metricValue() instanceof Number number ? number.doubleValue() : Double.NaN;
    }
}
