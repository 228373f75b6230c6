package io.tickhub.hub.trace;

import io.tickhub.model.Headers;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Carries a record's {@code traceparent} on to what is made of it, so that a trace of others goes through the hub: from a command to its
 * reply, from a tick to its copies. Its bytes are neither read nor changed. Stateless.
 */
public final class TraceParent {

    /** The length of the only version there is; what is longer is no {@code traceparent}, and nobody's to copy into every feed. */
    private static final int MAX_BYTES = 55;

    private TraceParent() {}

    /** The header for what is made of a record with these headers; empty if they have none. */
    public static Optional<Header> of(org.apache.kafka.common.header.Headers headers) {
        return Optional.ofNullable(headers.lastHeader(Headers.TRACE_PARENT))
                .map(Header::value)
                .filter(value -> value.length <= MAX_BYTES)
                .map(value -> new RecordHeader(Headers.TRACE_PARENT, value));
    }
}
