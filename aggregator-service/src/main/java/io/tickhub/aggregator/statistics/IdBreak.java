package io.tickhub.aggregator.statistics;

import io.tickhub.model.PriceStats;
import io.tickhub.model.SourceIds;

/** How the id of a tick can fail to follow that of its source's tick before it; {@link SourceIds} says what each means. Immutable. */
public enum IdBreak {
    /** It was more than one higher. */
    GAP,
    /** It was the same. */
    REPEAT,
    /** It was lower. */
    BACKWARD;

    /** How often it happened, over all sources. */
    long count(PriceStats stats) {
        return stats.sources().values().stream().mapToLong(this::count).sum();
    }

    private long count(SourceIds ids) {
        return switch (this) {
            case GAP -> ids.gaps();
            case REPEAT -> ids.repeats();
            case BACKWARD -> ids.backward();
        };
    }
}
