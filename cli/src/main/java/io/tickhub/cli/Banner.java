package io.tickhub.cli;

import io.tickhub.cluster.LocalCluster;
import io.tickhub.model.Symbol;
import io.tickhub.producer.ProducerConfig;
import io.tickhub.runtime.config.KafkaConfig;
import io.tickhub.runtime.config.Settings;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code up} prints when all is ready: what runs, and commands that work as typed. No state. */
final class Banner {

    private static final Symbol EXAMPLE = new Symbol("AAPL");

    private Banner() {}

    static String of(LocalCluster cluster, SourceOptions source) {
        String command =
                prefix(cluster.broker().bootstrapServers()) + System.getProperty("tickhub.command", "./tickhub");
        Symbol symbol = source.input().map(Banner::example).orElse(EXAMPLE);
        return """

                Tickhub is running.
                  Kafka broker   %s, data in %s
                  producer       %s
                  hub, aggregator

                Watch ticks      %s watch %s
                as Kafka does    %s kafka console-consumer --topic %s
                Statistics       %s stats
                Stop             Ctrl-C here, or %s shutdown
                """
                .formatted(
                        cluster.broker().bootstrapServers(),
                        cluster.broker().folder(),
                        source.input().map(Banner::describe).orElse("none"),
                        command,
                        symbol,
                        command,
                        cluster.kafka().topics().ticks(symbol).name(),
                        command,
                        command);
    }

    private static String describe(ProducerConfig.Input input) {
        return switch (input) {
            case ProducerConfig.Input.Simulated simulated ->
                "simulated " + join(simulated.simulator().symbols()) + ", "
                        + simulated.simulator().ratePerSecond() + " ticks/s in total";
            case ProducerConfig.Input.Replayed replayed ->
                "replay of " + join(replayed.replay().files()) + ", speed "
                        + replayed.replay().speed();
        };
    }

    private static Symbol example(ProducerConfig.Input input) {
        return switch (input) {
            case ProducerConfig.Input.Simulated simulated ->
                simulated.simulator().symbols().getFirst();
            case ProducerConfig.Input.Replayed replayed -> EXAMPLE;
        };
    }

    private static String join(List<?> things) {
        return things.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    /** What a command needs in front of it to find this broker. */
    private static String prefix(String bootstrapServers) {
        String found = new Settings(System.getenv()).get(KafkaConfig.BOOTSTRAP_SERVERS);
        return found.equals(bootstrapServers)
                ? ""
                : KafkaConfig.BOOTSTRAP_SERVERS.name() + "=" + bootstrapServers + " ";
    }
}
