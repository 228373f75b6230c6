package io.tickhub.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.Supplier;

/** The gateway's own meters. */
public enum GatewayMetrics {
    EVENTS("tickhub.gateway.events", "Events taken from the gateway's feed."),
    LATENCY(
            "tickhub.gateway.latency",
            "From a tick's own time to its arrival in the gateway, of ticks younger than a minute."),
    STREAMS("tickhub.gateway.streams", "Live streams and WebSockets that are open."),
    SENT("tickhub.gateway.sent", "Messages sent on streams and WebSockets."),
    CONFLATED("tickhub.gateway.conflated", "Streams that fell so far behind that they were conflated."),
    DISCONNECTED("tickhub.gateway.disconnected", "Streams ended because the browser took nothing for too long."),
    REFUSED("tickhub.gateway.refused", "Requests answered with a problem; tag `status`.");

    private final String meter;
    private final String description;

    GatewayMetrics(String meter, String description) {
        this.meter = meter;
        this.description = description;
    }

    /** The meter's name; Prometheus shows it with `_` for `.`. */
    public String meter() {
        return meter;
    }

    /** One sentence. */
    public String description() {
        return description;
    }

    /**
     * The meter in a registry, as a counter.
     *
     * @param tags names and values, in turn
     */
    public Counter counter(MeterRegistry registry, String... tags) {
        return Counter.builder(meter).description(description).tags(tags).register(registry);
    }

    /** The meter in a registry, as a timer with a histogram. */
    public Timer timer(MeterRegistry registry) {
        return Timer.builder(meter)
                .description(description)
                .publishPercentileHistogram()
                .register(registry);
    }

    /** The meter in a registry, as a value that is asked for. */
    public void gauge(MeterRegistry registry, Supplier<Number> value) {
        var unused = Gauge.builder(meter, value).description(description).register(registry);
    }
}
