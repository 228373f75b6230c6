package io.tickhub.benchmarks.command;

import io.tickhub.model.Command;
import io.tickhub.model.Reply;
import java.util.Optional;

/**
 * What came of one request. Immutable.
 *
 * @param command what was asked
 * @param correlationId of the request, the same in all attempts
 * @param refusal if that was the first answer
 * @param millis from the time at which the request was due until the answer was read
 * @param attempts how often it was sent
 */
public record Answer(
        Command command, String correlationId, Optional<Reply.Failed> refusal, double millis, int attempts) {

    static Answer of(Command command, String correlationId, Reply reply, double millis, int attempts) {
        return new Answer(
                command,
                correlationId,
                reply instanceof Reply.Failed failed ? Optional.of(failed) : Optional.empty(),
                millis,
                attempts);
    }

    /** Whether a subscription began or ended. */
    boolean isChange() {
        return command instanceof Command.Subscribe || command instanceof Command.Unsubscribe;
    }

    /** Whether the hub did it. */
    public boolean isGood() {
        return refusal.isEmpty();
    }
}
