package io.tickhub.cli;

import io.tickhub.aggregator.AggregatorConfig;
import io.tickhub.aggregator.AggregatorService;
import io.tickhub.cluster.Part;
import io.tickhub.hub.HubConfig;
import io.tickhub.hub.HubService;
import io.tickhub.model.Role;
import io.tickhub.producer.ProducerConfig;
import io.tickhub.producer.ProducerService;
import io.tickhub.runtime.config.ConfigurationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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
        Map<String, String> all = new HashMap<>(System.getenv());
        symbols.ifPresent(names -> all.put("TICKHUB_SYMBOLS", names));
        rate.ifPresent(number -> all.put("TICKHUB_RATE", Integer.toString(number)));
        speed.ifPresent(text -> all.put("TICKHUB_REPLAY_SPEED", text));
        if (!replay.isEmpty()) {
            all.put("TICKHUB_REPLAY", replay.stream().map(Path::toString).collect(Collectors.joining(",")));
        }
        return all;
    }

    /** The services, in the order in which they are named. */
    List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(Role.HUB, env -> {
            HubConfig config = HubConfig.fromEnv(env);
            return () -> new HubService(config);
        }));
        parts.add(new Part(Role.AGGREGATOR, env -> {
            AggregatorConfig config = AggregatorConfig.fromEnv(env);
            return () -> new AggregatorService(config);
        }));
        if (!noProducer) {
            parts.add(new Part(Role.PRODUCER, env -> {
                ProducerConfig config = ProducerConfig.fromEnv(env);
                return () -> new ProducerService(config);
            }));
        }
        return parts;
    }

    /** What is published, empty if nothing is. */
    Optional<ProducerConfig.Input> input() {
        return noProducer
                ? Optional.empty()
                : Optional.of(ProducerConfig.fromEnv(environment()).input());
    }

    /** The same failure, naming options where the message names the variables that they became. */
    Exception inOptions(Exception failure) {
        if (!(failure instanceof ConfigurationException)) {
            return failure;
        }
        String message = failure.getMessage();
        for (Map.Entry<String, String> option : optionByVariable().entrySet()) {
            message = message.replace(option.getKey() + "=", option.getValue() + " ");
        }
        return new ConfigurationException(message.lines().toList());
    }

    private Map<String, String> optionByVariable() {
        Map<String, String> options = new HashMap<>();
        symbols.ifPresent(given -> options.put("TICKHUB_SYMBOLS", "--symbols"));
        rate.ifPresent(given -> options.put("TICKHUB_RATE", "--rate"));
        speed.ifPresent(given -> options.put("TICKHUB_REPLAY_SPEED", "--speed"));
        return options;
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
        replay.stream()
                .filter(file -> file.toString().contains(","))
                .findFirst()
                .ifPresent(file -> {
                    throw wrong(
                            "--replay cannot take the file '" + file + "', because its name has a comma: rename it");
                });
    }

    private static ConfigurationException wrong(String sentence) {
        return new ConfigurationException(List.of(sentence));
    }
}
