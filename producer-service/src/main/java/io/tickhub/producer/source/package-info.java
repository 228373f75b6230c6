/** What every source of ticks has in common: the interface, its items, and pacing. */
package io.tickhub.producer.source;
