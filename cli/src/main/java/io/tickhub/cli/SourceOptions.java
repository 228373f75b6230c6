package io.tickhub.cli;

import io.tickhub.cluster.LocalServices;
import io.tickhub.cluster.Part;
import io.tickhub.runtime.config.ConfigurationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What {@code up} publishes: options that become the environment variables of its producer. */
final class SourceOptions {

    @Option(
            names = "--symbols",
            paramLabel = "A,B,C",
            description = "Symbols of the simulator (default: AAPL,MSFT,BTC-USD).")
    private Optional<String> symbols = Optional.empty();

    @Option(names = "--rate", paramLabel = "N", description = "Ticks a second of all symbols together (default: 60).")
    private Optional<Integer> rate = Optional.empty();

    @Option(
            names = "--replay",
            paramLabel = "FILE",
            arity = "1..*",
            description = "Publish the rows of CSV files, plain or gzip, instead of simulated ticks.")
    private List<Path> replay = List.of();

    @Option(names = "--speed", paramLabel = "SPEED", description = "How fast to replay: 1x, 60x, max (default: 1x).")
    private Optional<String> speed = Optional.empty();

    @Option(names = "--no-producer", description = "Publish nothing.")
    private boolean noProducer;

    /**
     * The caller's environment, and over it what the options say.
     *
     * @throws ConfigurationException if two options contradict each other
     */
    Map<String, String> environment() {
        requireSense();
        return variables().environment();
    }

    private Variables variables() {
        Variables all = new Variables();
        symbols.ifPresent(names -> all.set("TICKHUB_SYMBOLS", "--symbols", names));
        rate.ifPresent(number -> all.set("TICKHUB_RATE", "--rate", Integer.toString(number)));
        speed.ifPresent(text -> all.set("TICKHUB_REPLAY_SPEED", "--speed", text));
        if (!replay.isEmpty()) {
            all.set("TICKHUB_REPLAY", "--replay", ReplayCommand.list(replay));
        }
        return all;
    }

    /** The services, in the order in which they are named. */
    List<Part> parts() {
        return noProducer ? LocalServices.withoutProducer() : LocalServices.all();
    }

    /** What is published, empty if nothing is. */
    Optional<LocalServices.Source> source() {
        return noProducer ? Optional.empty() : Optional.of(LocalServices.source(environment()));
    }

    /** The same mistakes, told of options. */
    ConfigurationException inOptions(ConfigurationException mistakes) {
        return variables().inOptions(mistakes);
    }

    private void requireSense() {
        boolean simulated = symbols.isPresent() || rate.isPresent();
        if (noProducer && (simulated || speed.isPresent() || !replay.isEmpty())) {
            throw wrong(
                    "--no-producer publishes nothing, so --symbols, --rate, --replay and --speed have no meaning with it");
        }
        if (simulated && !replay.isEmpty()) {
            throw wrong("--replay takes the place of the simulator, so --symbols and --rate have no meaning with it");
        }
        if (speed.isPresent() && replay.isEmpty()) {
            throw wrong("--speed is the speed of a replay: name its files with --replay");
        }
    }

    private static ConfigurationException wrong(String sentence) {
        return new ConfigurationException(List.of(sentence));
    }
}
