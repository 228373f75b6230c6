package io.tickhub.producer.publish;

import io.tickhub.model.Symbol;
import java.util.concurrent.atomic.AtomicLong;

/** Hears of every symbol to which ticks are published. */
@FunctionalInterface
public interface SymbolListener {

    /** Called once for each symbol. {@code acknowledged} counts its ticks in Kafka, and is only to be read. */
    void opened(Symbol symbol, AtomicLong acknowledged);
}
