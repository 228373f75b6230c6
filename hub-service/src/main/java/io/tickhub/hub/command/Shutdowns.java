package io.tickhub.hub.command;

import io.tickhub.hub.drain.DrainCoordinator;
import io.tickhub.model.Command;
import io.tickhub.model.DrainState;
import io.tickhub.model.ErrorCode;
import io.tickhub.model.Reply;
import io.tickhub.runtime.ServiceRuntime;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Decides whether a SHUTDOWN is obeyed. For one thread. */
final class Shutdowns {

    private final ServiceRuntime runtime;
    private final DrainCoordinator coordinator;

    Shutdowns(ServiceRuntime runtime, DrainCoordinator coordinator) {
        this.runtime = runtime;
        this.coordinator = coordinator;
    }

    /**
     * Begins to shut the system down.
     *
     * @param receipt gets the reply when it is over
     * @return the record that tells everybody
     * @throws Rejected if the command stands in the wrong topic or came too late, or the system is being shut down already
     */
    ProducerRecord<byte[], byte[]> begin(Request request, Command.Shutdown command, Consumer<Reply> receipt)
            throws Rejected {
        String topic = runtime.topics().adminCommands().name();
        if (!request.record().topic().equals(topic)) {
            throw new Rejected(ErrorCode.WRONG_TOPIC, "this command belongs on " + topic);
        }
        Optional<DrainState> holding = coordinator.holding();
        if (holding.isPresent()) {
            throw new Rejected(
                    ErrorCode.DRAINING,
                    "the system is being shut down already, by " + holding.get().coordinator() + " until "
                            + holding.get().deadline());
        }
        Instant asked = Instant.ofEpochMilli(request.record().timestamp());
        // It stood in the topic while nobody was there to obey it: whoever has started the system since then wants it
        // to run.
        if (asked.isBefore(runtime.signedOnAt())) {
            throw new Rejected(
                    ErrorCode.UNAVAILABLE,
                    "the command is older than this hub, which does not obey it; to stop the system, send it again");
        }
        if (runtime.services().newestAppend().isAfter(asked.plus(command.timeout()))) {
            throw new Rejected(
                    ErrorCode.UNAVAILABLE, "the time for the shutdown was over before it could begin; send it again");
        }
        return coordinator.begin(asked, command.timeout(), receipt);
    }
}
