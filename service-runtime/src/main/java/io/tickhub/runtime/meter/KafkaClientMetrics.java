package io.tickhub.runtime.meter;

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
public enum KafkaClientMetrics implements Metric {
    LAG(
            "consumer-fetch-manager-metrics",
            "records-lag-max",
            "Largest lag of any partition that a consumer reads, of the last 30 to 60 s.",
            Meter.Type.GAUGE),
    CONSUMED("consumer-fetch-manager-metrics", "records-consumed-total", "Records read.", Meter.Type.COUNTER),
    FETCH_LATENCY(
            "consumer-fetch-manager-metrics", "fetch-latency-avg", "Milliseconds for one fetch.", Meter.Type.GAUGE),
    REBALANCES(
            "consumer-coordinator-metrics",
            "rebalance-total",
            "Rebalances of the group that were joined.",
            Meter.Type.COUNTER),
    REBALANCES_FAILED(
            "consumer-coordinator-metrics", "failed-rebalance-total", "Rebalances that failed.", Meter.Type.COUNTER),
    SENT("producer-metrics", "record-send-total", "Records sent.", Meter.Type.COUNTER),
    SEND_LATENCY("producer-metrics", "request-latency-avg", "Milliseconds until a broker answers.", Meter.Type.GAUGE),
    RETRIES("producer-metrics", "record-retry-total", "Records sent again.", Meter.Type.COUNTER),
    ERRORS("producer-metrics", "record-error-total", "Records that were given up.", Meter.Type.COUNTER),
    ADMIN_REQUESTS("admin-client-metrics", "request-total", "Requests of an admin client.", Meter.Type.COUNTER);

    private static final String CLIENT_ID = "client-id";
    private static final String CLIENT_TAG = "client.id";

    private final String group;
    private final String kafkaName;

    @SuppressWarnings("ImmutableEnumChecker") // a record of values
    private final Definition definition;

    KafkaClientMetrics(String group, String kafkaName, String description, Meter.Type type) {
        this.group = group;
        this.kafkaName = kafkaName;
        this.definition = new Definition(
                "kafka." + group.replace("-metrics", "").replace('-', '.') + "." + kafkaName.replace('-', '.'),
                type,
                Optional.empty(),
                description);
    }

    @Override
    public Definition definition() {
        return definition;
    }

    /** Which of these a client's metric is, if any. */
    static Optional<KafkaClientMetrics> of(MetricName name) {
        return Stream.of(values())
                .filter(metric -> metric.group.equals(name.group()) && metric.kafkaName.equals(name.name()))
                .filter(metric -> name.tags().keySet().equals(Set.of(CLIENT_ID)))
                .findFirst();
    }

    /** A value is not a number while there is nothing to measure. */
    Meter register(MeterRegistry registry, KafkaMetric metric) {
        String client = metric.metricName().tags().get(CLIENT_ID);
        return definition.type() == Meter.Type.COUNTER
                ? counter(metric, KafkaClientMetrics::number)
                        .tag(CLIENT_TAG, client)
                        .register(registry)
                : gauge(() -> number(metric)).tag(CLIENT_TAG, client).register(registry);
    }

    private static double number(KafkaMetric metric) {
        return metric.metricValue() instanceof Number number ? number.doubleValue() : Double.NaN;
    }
}
