package io.tickhub.client;

import io.tickhub.model.Reply;

/** What became of a request. The waiting thread turns it into a result or an exception of its own. */
sealed interface Outcome {

    /** The hub answered. */
    record Replied(Reply reply) implements Outcome {}

    /** The time was over. */
    record TimedOut() implements Outcome {}

    /** No hub is running; {@code detail} says how that is known. */
    record NoHub(String detail) implements Outcome {}

    /** The request could not be sent, or replies can no longer be read. */
    record Broken(String detail, Throwable cause) implements Outcome {}

    /** The client was closed. */
    record Closed() implements Outcome {}
}
