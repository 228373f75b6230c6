package io.tickhub.producer.publish;

import io.tickhub.model.Symbol;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What has been published at one moment. Immutable.
 *
 * @param ticksBySymbol ticks that Kafka acknowledged
 * @param deadLetters dead letters that Kafka acknowledged
 * @param unacknowledged records that were handed to Kafka and have not been acknowledged
 */
public record Published(SortedMap<Symbol, Long> ticksBySymbol, long deadLetters, long unacknowledged) {

    public Published {
        ticksBySymbol = Collections.unmodifiableSortedMap(new TreeMap<>(ticksBySymbol));
    }

    /** Ticks of all symbols. */
    public long ticks() {
        return ticksBySymbol.values().stream().mapToLong(Long::longValue).sum();
    }
}
