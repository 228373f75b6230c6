package io.tickhub.cli;

import io.tickhub.client.deadletter.DeadLetterQueue;
import io.tickhub.model.Topics;
import picocli.CommandLine.Mixin;

/** The options of every command about dead letters: which system, and as whom. */
final class DlqOptions {

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    /** The names of the system's topics. */
    Topics topics() {
        return connection.kafka().topics();
    }

    /** Connects to the dead letters of the system that the options and the environment name. */
    DeadLetterQueue connect() {
        return DeadLetterQueue.connect(connection.kafka());
    }
}
