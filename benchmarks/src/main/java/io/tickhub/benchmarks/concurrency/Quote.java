package io.tickhub.benchmarks.concurrency;

import io.tickhub.model.Symbol;

/**
 * A tick in memory: what is measured is the handing over and the counting, not the decoding. Immutable.
 *
 * @param cents its price
 */
record Quote(Symbol symbol, long cents) {}
