/**
 * Recomputes published statistics and bars from the ticks that stand in Kafka, in plain BigDecimal and straight from the definitions.
 * Nothing here shares code with the aggregator but the codec, which says what is a tick.
 */
package io.tickhub.client.verify;
