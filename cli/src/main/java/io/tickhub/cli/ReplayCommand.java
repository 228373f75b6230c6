package io.tickhub.cli;

import io.tickhub.cluster.LocalReplay;
import io.tickhub.cluster.LocalReplay.Result;
import io.tickhub.runtime.config.ConfigurationException;
import io.tickhub.runtime.config.KafkaConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tickhub replay}: publishes recorded ticks into a system that runs already. */
@Command(
        name = "replay",
        description = {
            "Publish the rows of CSV files, plain or gzip, as ticks.",
            "The formats 'bitflyer' and 'tickhub' (columns symbol, price, volume, timestamp) are told by the header row; for others name "
                    + "the columns.",
            "A row that cannot be used goes to the dead letters, with its reason and line."
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

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "CSV files; several are merged by event time.")
    private List<Path> files = List.of();

    @Option(names = "--speed", paramLabel = "SPEED", description = "How fast: 1x, 60x, max (default: 1x).")
    private Optional<String> speed = Optional.empty();

    @Option(names = "--resume", description = "Go on after the last row of each file that arrived before.")
    private boolean resume;

    @Option(
            names = "--columns",
            paramLabel = "FIELD=COLUMN,...",
            description = "The columns of symbol, price, volume, time and, if there is one, id.")
    private Optional<String> columns = Optional.empty();

    @Option(
            names = "--time",
            paramLabel = "FORM",
            description =
                    "Form of the times, with --columns: iso, epoch-seconds, epoch-millis or a pattern (default: iso).")
    private Optional<String> time = Optional.empty();

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "Zone of times that name none, with --columns (default: UTC).")
    private Optional<String> zone = Optional.empty();

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT,...",
            description = "Kafka brokers to begin with (default: TICKHUB_BOOTSTRAP_SERVERS, or localhost:9092).")
    private Optional<String> bootstrapServers = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        Logging.withoutKafkaWarnings();
        LocalReplay replay = LocalReplay.of(environment());
        var unused = StopSignals.listen().thenRun(replay::stop);
        Result result = replay.run();
        spec.commandLine().getOut().println(result.summary());
        return switch (result.end()) {
            case FINISHED -> ExitCode.OK;
            case STOPPED -> {
                spec.commandLine().getErr().println("tickhub: stopped before the end; --resume goes on from there");
                yield ExitCode.FAILED;
            }
        };
    }

    private Map<String, String> environment() {
        Map<String, String> all = new HashMap<>(System.getenv());
        for (Path file : files) {
            if (file.toString().contains(",")) {
                throw new ConfigurationException(
                        List.of("the file '" + file + "' cannot be taken, because its name has a comma: rename it"));
            }
        }
        all.put("TICKHUB_REPLAY", files.stream().map(Path::toString).collect(Collectors.joining(",")));
        if (resume) {
            all.put("TICKHUB_REPLAY_RESUME", "true");
        }
        speed.ifPresent(text -> all.put("TICKHUB_REPLAY_SPEED", text));
        columns.ifPresent(text -> all.put("TICKHUB_REPLAY_COLUMNS", text));
        time.ifPresent(text -> all.put("TICKHUB_REPLAY_TIME", text));
        zone.ifPresent(text -> all.put("TICKHUB_REPLAY_ZONE", text));
        bootstrapServers.ifPresent(servers -> all.put(KafkaConfig.BOOTSTRAP_SERVERS.name(), servers));
        return all;
    }
}
