package io.tickhub.gateway;

import io.tickhub.runtime.meter.Metric;

/** The gateway's own meters. */
public enum GatewayMetrics implements Metric {
    EVENTS(Definition.counter("tickhub.gateway.events", "Events taken from the gateway's feed.")),
    LATENCY(Definition.timer(
            "tickhub.gateway.latency",
            "From a tick's own time to its arrival in the gateway, of ticks younger than a minute.")),
    STREAMS(Definition.gauge("tickhub.gateway.streams", "Live streams and WebSockets that are open.")),
    SENT(Definition.counter("tickhub.gateway.sent", "Messages sent on streams and WebSockets.")),
    CONFLATED(Definition.counter(
            "tickhub.gateway.conflated", "Streams that fell so far behind that they were conflated.")),
    DISCONNECTED(Definition.counter(
            "tickhub.gateway.disconnected", "Streams ended because the browser took nothing for too long.")),
    REFUSED(Definition.counter("tickhub.gateway.refused", "Requests answered with a problem; tag `status`."));

    @SuppressWarnings("ImmutableEnumChecker") // a record of values
    private final Definition definition;

    GatewayMetrics(Definition definition) {
        this.definition = definition;
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
