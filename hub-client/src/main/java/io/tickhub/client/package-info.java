/**
 * The Java client of a Tickhub system: live subscriptions, statistics and the other requests. Start at
 * {@link io.tickhub.client.MarketDataClient}.
 */
package io.tickhub.client;
