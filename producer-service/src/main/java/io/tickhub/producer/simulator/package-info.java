/** Invented markets: a random walk for each symbol. */
package io.tickhub.producer.simulator;
