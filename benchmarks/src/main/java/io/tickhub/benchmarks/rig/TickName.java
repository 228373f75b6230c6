package io.tickhub.benchmarks.rig;

import io.tickhub.model.Symbol;

/**
 * Names one tick for ever. Immutable.
 *
 * @param symbol the instrument
 * @param offset its place in the symbol's topic
 */
public record TickName(Symbol symbol, long offset) {

    private static final long GOLDEN_RATIO = 0x9E37_79B9_7F4A_7C15L;

    /** Spread: symbols and offsets both count up, and the usual sum gives twenty ticks the same number. */
    @Override
    public int hashCode() {
        return Long.hashCode(offset * GOLDEN_RATIO) ^ symbol.hashCode();
    }
}
