package io.tickhub.hub;

import io.tickhub.runtime.meter.Metric;

/** The hub's own meters. */
public enum HubMetrics implements Metric {
    FEED_RECORDS(Definition.counter("tickhub.hub.feed.records", "Records written for feeds and committed.")),
    COMMANDS(Definition.counter("tickhub.hub.commands", "Commands taken in; tag `type`.")),
    EXPIRED(Definition.counter(
            "tickhub.hub.commands.expired", "Commands dropped because nobody waits for the reply any longer.")),
    REFUSED(Definition.counter("tickhub.hub.commands.refused", "Changes answered with an error; tag `code`.")),
    UNDELIVERABLE(Definition.counter(
            "tickhub.hub.replies.undeliverable", "Replies whose topic or partition does not exist.")),
    LEASES_OVER(Definition.counter(
            "tickhub.hub.leases.over", "Clients that lost their subscriptions because they were silent.")),
    DEAD_LETTERS(Definition.counter(
            "tickhub.hub.dead.letters", "records", "Commands that could not be read and went to dead-letters.")),
    NOT_WRITTEN(Definition.counter(
            "tickhub.hub.replies.not.written", "Replies to queries that Kafka did not take in time."));

    @SuppressWarnings("ImmutableEnumChecker") // a record of values
    private final Definition definition;

    HubMetrics(Definition definition) {
        this.definition = definition;
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
