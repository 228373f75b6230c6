package io.tickhub.benchmarks.command;

import io.tickhub.model.Command;
import io.tickhub.model.Reply;

/**
 * What came of one request. Immutable.
 *
 * @param command what was asked
 * @param correlationId of the request, the same in all attempts
 * @param reply the first answer
 * @param millis from the time at which the request was due until the answer was read
 * @param attempts how often it was sent
 */
public record Answer(Command command, String correlationId, Reply reply, double millis, int attempts) {

    /** Whether the hub did it. */
    public boolean isGood() {
        return !(reply instanceof Reply.Failed);
    }
}
