package io.tickhub.benchmarks.rig;

import io.tickhub.model.Symbol;

/**
 * Names one tick for ever. Immutable.
 *
 * @param symbol the instrument
 * @param offset its place in the symbol's topic
 */
public record TickName(Symbol symbol, long offset) {}
