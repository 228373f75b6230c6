package io.tickhub.benchmarks.rig;

/**
 * What is told of times that were measured, in milliseconds. Immutable.
 *
 * @param p50 the median
 * @param p99 what 99 of 100 do not exceed
 */
public record Percentiles(double p50, double p99) {}
