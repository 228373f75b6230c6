/** Bars of one symbol, built from its ticks: pure arithmetic over the log, without Kafka. {@link SymbolBars} is the way in. */
package io.tickhub.aggregator.bar;
