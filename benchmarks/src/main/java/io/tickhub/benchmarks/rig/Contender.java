package io.tickhub.benchmarks.rig;

/**
 * One of those that are compared. Immutable.
 *
 * @param name as the report calls it
 * @param run measures it once
 */
public record Contender(String name, Run run) {

    /** Measures once. */
    @FunctionalInterface
    public interface Run {
        double measure() throws InterruptedException;
    }
}
