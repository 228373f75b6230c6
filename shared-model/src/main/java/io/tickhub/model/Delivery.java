package io.tickhub.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** By what way a subscription's ticks come to the client. */
public enum Delivery {
    /** The hub copies them into the client's feed. */
    @JsonProperty("feed")
    FEED,
    /** The client reads the symbol's topic itself; the hub only says where its range begins. */
    @JsonProperty("direct")
    DIRECT
}
