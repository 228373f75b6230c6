package io.tickhub.gateway.stream;

import java.io.IOException;

/** Where a stream's messages go: one connection. For one thread. */
public interface Outlet {

    /**
     * Hands over a message; it may wait until {@link #flush}.
     *
     * @throws IOException if the connection is gone, or took nothing for too long
     */
    void send(Frame frame) throws IOException;

    /** Sends what waits, and returns when the connection has taken it. */
    void flush() throws IOException;

    /** Sends something that means nothing, to find out whether the other end is there. */
    void ping() throws IOException;
}
