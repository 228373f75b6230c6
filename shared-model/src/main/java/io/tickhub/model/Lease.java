package io.tickhub.model;

import static java.util.Objects.requireNonNull;

/**
 * A client that holds subscriptions is there: the value of its record on {@code leases}. The record's append time says when it was
 * seen last. Immutable.
 *
 * @param client which one, the key of the record
 */
public record Lease(ClientId client) {

    /** @throws NullPointerException without a client, so that a record written by hand is refused where it is read */
    public Lease {
        requireNonNull(client, "client");
    }
}
