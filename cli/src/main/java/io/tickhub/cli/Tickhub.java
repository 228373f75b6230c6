package io.tickhub.cli;

import java.io.PrintWriter;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The root of the {@code tickhub} command. */
@Command(
        name = "tickhub",
        description = "Market data on Apache Kafka: live subscriptions and exact statistics.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            ReplayCommand.class,
            WatchCommand.class,
            TopCommand.class,
            StatsCommand.class,
            BarsCommand.class,
            VerifyCommand.class,
            SymbolsCommand.class,
            SubscriptionsCommand.class,
            PingCommand.class,
            ServicesCommand.class,
            ShutdownCommand.class,
            DrillCommand.class,
            BenchCommand.class,
            DlqCommand.class,
            ClientsCommand.class,
            RolesCommand.class,
            KafkaCommand.class,
            AutoComplete.GenerateCompletion.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed",
            "2:wrong command line or configuration",
            "3:no hub is running, or it did not answer in time"
        },
        footer = {
            "%nExamples:",
            "  tickhub up",
            "  tickhub top",
            "  tickhub watch AAPL",
            "",
            "'tickhub COMMAND --help' explains a command."
        })
public final class Tickhub implements Runnable {

    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        Logging.quiet();
        System.exit(run(args));
    }

    /** Runs a command line and returns the exit code. */
    static int run(String... args) {
        return commandLine().execute(args);
    }

    /** The command and all below it, ready to be run or asked. */
    static CommandLine commandLine() {
        CommandLine command = new CommandLine(new Tickhub())
                .setExecutionExceptionHandler(new Failures())
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true);
        // What follows the tool's name belongs to the tool.
        command.getSubcommands().get("kafka").setStopAtPositional(true).setUnmatchedOptionsArePositionalParams(true);
        // Not a class of ours.
        command.getSubcommands()
                .get("generate-completion")
                .getCommandSpec()
                .usageMessage()
                .footer("%nExamples:", "  source <(tickhub generate-completion)");
        return command;
    }

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        spec.commandLine().usage(out);
    }
}
