package io.tickhub.model;

import com.fasterxml.jackson.annotation.JsonValue;

/** What an instance does in the system. */
public enum Role {
    /** Publishes ticks. */
    PRODUCER("producer"),
    /** Serves clients. */
    HUB("hub"),
    /** Computes statistics. */
    AGGREGATOR("aggregator"),
    /** Shows the market to browsers. */
    GATEWAY("gateway");

    private final String text;

    Role(String text) {
        this.text = text;
    }

    /** The role in names, JSON and logs. */
    @JsonValue
    public String text() {
        return text;
    }
}
