package io.tickhub.benchmarks.peer;

import java.util.Locale;

/** The programs with which Tickhub's services are compared, each in a JVM of its own: see {@link PeerMain}. */
public enum Peer {
    /** {@link ByteCounter}. */
    BYTE_COUNTER,
    /** {@link StreamsStatistics}, exactly once. */
    STREAMS_STATISTICS_EXACTLY_ONCE,
    /** {@link StreamsStatistics}, at least once. */
    STREAMS_STATISTICS_AT_LEAST_ONCE,
    /** {@link ForwardingLoop}. */
    FORWARDING_LOOP,
    /** {@link StreamsForwarding}. */
    STREAMS_FORWARDING,
    /** {@link StreamsForwarding} into one topic, with commits 10 ms apart. */
    STREAMS_FORWARDING_PROMPTLY,
    /** {@link EchoLoop}. */
    ECHO,
    /** {@link SpringListener}. */
    SPRING_LISTENER;

    /** As it stands in names of groups and logs. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
