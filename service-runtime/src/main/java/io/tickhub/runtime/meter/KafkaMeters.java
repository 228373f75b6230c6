package io.tickhub.runtime.meter;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;

/**
 * Shows the {@link KafkaClientMetrics} of one Kafka client in a service's registry for as long as the client is open. Made by the client
 * itself, by name. Thread safe; it owns what it registers.
 *
 * <p>As a reporter it reaches every client from where their properties are made, also one that is made anew. Micrometer's own binder
 * would look at all metrics of thousands of partitions each minute, and drops a client's {@code records-lag-max} for those of its partitions.
 */
public final class KafkaMeters implements MetricsReporter {

    private static final String REGISTRY = "tickhub.registry";

    private final Map<MetricName, Meter> meters = new ConcurrentHashMap<>();
    private MeterRegistry registry;

    /** The properties by which a client reports to a registry. */
    public static Map<String, Object> reportingTo(MeterRegistry registry) {
        return Map.of(
                CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, KafkaMeters.class.getName(), REGISTRY, registry);
    }

    @Override
    public void configure(Map<String, ?> properties) {
        registry = (MeterRegistry) properties.get(REGISTRY);
    }

    @Override
    public void init(List<KafkaMetric> metrics) {
        metrics.forEach(this::metricChange);
    }

    @Override
    public void metricChange(KafkaMetric metric) {
        KafkaClientMetrics.of(metric.metricName())
                .ifPresent(known -> meters.put(metric.metricName(), known.register(registry, metric)));
    }

    @Override
    public void metricRemoval(KafkaMetric metric) {
        Meter meter = meters.remove(metric.metricName());
        if (meter != null) {
            registry.remove(meter);
        }
    }

    @Override
    public void close() {
        meters.values().forEach(registry::remove);
        meters.clear();
    }
}
