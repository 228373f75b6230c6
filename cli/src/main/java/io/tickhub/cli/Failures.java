package io.tickhub.cli;

import io.tickhub.client.BrokerException;
import io.tickhub.client.NoHubException;
import io.tickhub.client.RequestTimeoutException;
import io.tickhub.runtime.config.ConfigurationException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns an exception that a command throws into one sentence on standard error and an exit code. No state. */
final class Failures implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        message.lines().forEach(line -> command.getErr().println("tickhub: " + line));
        return switch (failure) {
            case ConfigurationException wrong -> ExitCode.USAGE;
            case NoHubException absent -> ExitCode.NO_HUB;
            case RequestTimeoutException late -> ExitCode.NO_HUB;
            case BrokerException unreachable -> ExitCode.NO_HUB;
            default -> ExitCode.FAILED;
        };
    }
}
