package io.tickhub.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of a subscription's ticks while the reader of the feed is far behind. */
public enum WhenSlow {
    /** All are written; what the feed's retention deletes before it was read is lost, and the reader sees that. */
    @JsonProperty("keep")
    KEEP,
    /** At most one tick, the latest, of each symbol and second, until the reader has caught up. */
    @JsonProperty("conflate")
    CONFLATE
}
