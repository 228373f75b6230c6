package io.tickhub.client;

import io.tickhub.model.Covers;
import io.tickhub.model.Tick;

/** A record of a feed, decoded: what the hub says of the offsets {@link #covers} of one subscription. Immutable. */
sealed interface FeedRecord {

    /** Id of the subscription. */
    String subscription();

    Covers covers();

    /** A tick, the last offset of its range. */
    record Ticked(String subscription, Covers covers, Tick tick) implements FeedRecord {}

    record Skipped(String subscription, Covers covers) implements FeedRecord {}

    record Gap(String subscription, Covers covers, String detail) implements FeedRecord {}

    record Ended(String subscription, Covers covers, String detail) implements FeedRecord {}
}
