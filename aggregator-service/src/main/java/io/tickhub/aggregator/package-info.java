/** The aggregator service: exact statistics of every symbol, published ten times a second. */
package io.tickhub.aggregator;
