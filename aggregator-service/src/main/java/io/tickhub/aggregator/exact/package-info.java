/** Exact sums of decimals, and their one rounding. */
package io.tickhub.aggregator.exact;
