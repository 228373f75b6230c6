/** The producer: a source of ticks, carried to Kafka. */
package io.tickhub.producer;
