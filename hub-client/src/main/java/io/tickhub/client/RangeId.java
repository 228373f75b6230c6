package io.tickhub.client;

import io.tickhub.model.Symbol;

/**
 * Names one subscription to one symbol: symbols that were subscribed by one command share the subscription's id. Immutable.
 *
 * @param subscription the hub's id of the subscription
 * @param symbol the instrument
 */
record RangeId(String subscription, Symbol symbol) {}
