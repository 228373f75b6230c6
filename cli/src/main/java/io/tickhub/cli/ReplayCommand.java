package io.tickhub.cli;

import io.tickhub.cluster.LocalReplay;
import io.tickhub.cluster.LocalReplay.Result;
import io.tickhub.runtime.config.ConfigurationException;
import io.tickhub.runtime.config.RuntimeConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tickhub replay FILE...}: publishes recorded ticks into a running system. */
@Command(
        name = "replay",
        description = {
            "Publish the rows of CSV files, plain or gzip, as ticks; several files are merged by event time.",
            "A row that cannot be used goes to the topic dead-letters with its reason."
        },
        footer = {
            "%nExamples:",
            "  tickhub replay trades.csv.gz --speed max",
            "  tickhub replay trades.csv --columns symbol=code,price=px,volume=size,time=ts --time epoch-millis"
        },
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The files.")
    private List<Path> files = List.of();

    @Option(names = "--speed", paramLabel = "SPEED", description = "1x as it happened, 60x, max (default: 1x).")
    private Optional<String> speed = Optional.empty();

    @Option(names = "--resume", description = "Go on after the last row that arrived in Kafka.")
    private boolean resume;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "bitflyer, tickhub (symbol, price, volume, timestamp), or auto to tell by the header row"
                    + " (default: auto).")
    private Optional<String> format = Optional.empty();

    @Option(
            names = "--columns",
            paramLabel = "MAPPING",
            description =
                    "Columns of files in another format: symbol=COLUMN,price=COLUMN,volume=COLUMN,time=COLUMN,id=COLUMN.")
    private Optional<String> columns = Optional.empty();

    @Option(
            names = "--time",
            paramLabel = "FORM",
            description = "Form of the times, with --columns: iso, epoch-seconds, epoch-millis, or a pattern such as"
                    + " 'yyyyMMdd HH:mm:ss.SSS' (default: iso).")
    private Optional<String> time = Optional.empty();

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "Zone of times that name none, with --columns, such as Asia/Tokyo (default: UTC).")
    private Optional<String> zone = Optional.empty();

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    /** Files as the producer's setting takes them. */
    static String list(List<Path> files) {
        return files.stream()
                .map(Path::toString)
                .peek(file -> {
                    if (file.contains(",")) {
                        throw new ConfigurationException(List.of(
                                "the file '" + file + "' cannot be replayed, because its name has a comma: rename it"));
                    }
                })
                .collect(Collectors.joining(","));
    }

    @Override
    public Integer call() throws InterruptedException {
        LocalReplay replay = replay();
        var unused = StopSignals.listen().thenRun(replay::stop);
        Result result = replay.run();
        spec.commandLine().getOut().println(result.summary());
        return switch (result.end()) {
            case FINISHED -> ExitCode.OK;
            case STOPPED -> {
                spec.commandLine().getErr().println("tickhub: stopped before the end; --resume goes on from there");
                yield ExitCode.FAILED;
            }
            case GIVEN_UP -> ExitCode.FAILED;
        };
    }

    private LocalReplay replay() {
        Variables variables = connection.variables();
        if (System.getenv(RuntimeConfig.INSTANCE.name()) == null) {
            variables.set(RuntimeConfig.INSTANCE.name(), "the default", "replay");
        }
        variables.set("TICKHUB_REPLAY", "FILE", list(files));
        variables.set("TICKHUB_REPLAY_RESUME", "--resume", Boolean.toString(resume));
        speed.ifPresent(text -> variables.set("TICKHUB_REPLAY_SPEED", "--speed", text));
        format.ifPresent(text -> variables.set("TICKHUB_REPLAY_FORMAT", "--format", text));
        columns.ifPresent(text -> variables.set("TICKHUB_REPLAY_COLUMNS", "--columns", text));
        time.ifPresent(text -> variables.set("TICKHUB_REPLAY_TIME", "--time", text));
        zone.ifPresent(text -> variables.set("TICKHUB_REPLAY_ZONE", "--zone", text));
        try {
            return LocalReplay.of(variables.environment());
        } catch (ConfigurationException e) {
            throw variables.inOptions(e);
        }
    }
}
