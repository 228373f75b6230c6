package io.tickhub.cluster;

import io.tickhub.producer.ProducerConfig;
import io.tickhub.producer.ProducerConfig.Input;
import io.tickhub.producer.Replay;
import io.tickhub.producer.ReplaySummary;
import io.tickhub.producer.ReplaySummary.Outcome;
import io.tickhub.runtime.config.ConfigurationException;
import java.util.List;
import java.util.Map;

/** Publishes files into a system that runs already. Used once, by one thread, but {@link #stop} may be called by any. */
public final class LocalReplay {

    private final Replay replay;

    /**
     * What came of it.
     *
     * @param end how it ended
     * @param summary one line for a person
     */
    public record Result(End end, String summary) {

        /** How a replay ended. */
        public enum End {
            /** All rows were published. */
            FINISHED,
            /** It was stopped before the end of the files. */
            STOPPED,
            /** Kafka did not acknowledge all of it in time. */
            GIVEN_UP
        }
    }

    private LocalReplay(Replay replay) {
        this.replay = replay;
    }

    /**
     * @param environment says which files and how, as it does to a producer
     * @throws ConfigurationException if anything is wrong, with all mistakes
     */
    public static LocalReplay of(Map<String, String> environment) {
        ProducerConfig config = ProducerConfig.fromEnv(environment);
        if (config.input() instanceof Input.Replayed replayed) {
            return new LocalReplay(new Replay(config.runtime().kafka(), replayed.replay(), config.retention()));
        }
        throw new ConfigurationException(List.of("no file to replay is named"));
    }

    /**
     * Publishes the files to their end, or until {@link #stop}.
     *
     * @throws RuntimeException if no broker answers, or a file cannot be used; the message says why
     */
    public Result run() throws InterruptedException {
        ReplaySummary summary = replay.run();
        Result.End end = summary.outcome() == Outcome.STOPPED ? Result.End.STOPPED : Result.End.FINISHED;
        return new Result(summary.published().unacknowledged() > 0 ? Result.End.GIVEN_UP : end, summary.toString());
    }

    /** Asks it to end early; what was handed to Kafka still arrives. Returns at once. */
    public void stop() {
        replay.stop();
    }
}
