package io.tickhub.it;

import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import io.tickhub.runtime.meter.Metric;
import java.util.stream.Stream;

/** How Prometheus names what the programs measure. */
final class PrometheusNames {

    private static final PrometheusNamingConvention CONVENTION = new PrometheusNamingConvention();

    private PrometheusNames() {}

    /** The name; of a timer without its endings. */
    static String of(Metric.Definition metric) {
        String name =
                CONVENTION.name(metric.name(), metric.type(), metric.unit().orElse(null));
        return switch (metric.type()) {
            // The ending is added only when it is written out.
            case COUNTER -> name.replaceFirst("(_total)?$", "_total");
            case GAUGE, TIMER -> name;
            case LONG_TASK_TIMER, DISTRIBUTION_SUMMARY, OTHER ->
                throw new AssertionError(
                        metric.name() + ": what Prometheus gets of a " + metric.type() + " is not known here");
        };
    }

    /** Everything that Prometheus gets. */
    static Stream<String> all(Metric.Definition metric) {
        return switch (metric.type()) {
            case TIMER -> Stream.of("_bucket", "_sum", "_count", "_max").map(of(metric)::concat);
            default -> Stream.of(of(metric));
        };
    }
}
