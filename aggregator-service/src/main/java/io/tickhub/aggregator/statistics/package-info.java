/** The statistics themselves: exact sums, one rounding, the saved state, and the computation that the worker runs. */
package io.tickhub.aggregator.statistics;
