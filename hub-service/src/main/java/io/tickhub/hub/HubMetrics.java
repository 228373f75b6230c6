package io.tickhub.hub;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** The hub's own meters. */
public enum HubMetrics {
    FEED_RECORDS("tickhub.hub.feed.records", "Records written for feeds and committed."),
    COMMANDS("tickhub.hub.commands", "Commands taken in; tag `type`."),
    EXPIRED("tickhub.hub.commands.expired", "Commands dropped because nobody waits for the reply any longer."),
    REFUSED("tickhub.hub.commands.refused", "Changes answered with an error; tag `code`."),
    UNDELIVERABLE("tickhub.hub.replies.undeliverable", "Replies whose topic or partition does not exist."),
    LEASES_OVER("tickhub.hub.leases.over", "Clients that lost their subscriptions because they were silent."),
    NOT_WRITTEN("tickhub.hub.replies.not.written", "Replies to queries that Kafka did not take in time.");

    private final String meter;
    private final String description;

    HubMetrics(String meter, String description) {
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
     * The meter in a registry.
     *
     * @param tags names and values, in turn
     */
    public Counter counter(MeterRegistry registry, String... tags) {
        return Counter.builder(meter).description(description).tags(tags).register(registry);
    }
}
