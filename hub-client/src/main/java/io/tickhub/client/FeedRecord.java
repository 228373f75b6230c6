package io.tickhub.client;

import io.tickhub.model.Covers;
import io.tickhub.model.Tick;

/** A record of a feed, decoded: what the hub says of the offsets {@link #covers} of one subscription. Immutable. */
sealed interface FeedRecord {

    /** Whose offsets. */
    RangeId range();

    Covers covers();

    /** A tick; the other offsets of its range hold none. */
    record Ticked(RangeId range, Covers covers, long offset, Tick tick) implements FeedRecord {}

    record Skipped(RangeId range, Covers covers) implements FeedRecord {}

    record Gap(RangeId range, Covers covers, String detail) implements FeedRecord {}

    /** The first record of a range that SUBSCRIBE could not give a start. */
    record Begun(RangeId range, Covers covers) implements FeedRecord {}

    /** @param owner which run of a hub is away */
    record Stale(RangeId range, Covers covers, String owner, String detail) implements FeedRecord {}

    /** @param owner which run of a hub is back, or was replaced */
    record Recovered(RangeId range, Covers covers, String owner) implements FeedRecord {}

    record Ended(RangeId range, Covers covers, String detail) implements FeedRecord {}
}
