package io.tickhub.drill.fault;

import java.time.Duration;

/**
 * How long a drill keeps things broken. Immutable.
 *
 * @param pause how long a process is halted, longer than the session timeout of the consumer groups (6 s)
 * @param outage how long all brokers are away
 * @param joins how many times instances join and leave
 */
public record Pace(Duration pause, Duration outage, int joins) {

    /** As long as it takes to be sure. */
    public static final Pace FULL = new Pace(Duration.ofSeconds(12), Duration.ofSeconds(60), 10);

    /** As short as it can be and still show the effect. */
    public static final Pace SHORT = new Pace(Duration.ofSeconds(8), Duration.ofSeconds(10), 2);
}
