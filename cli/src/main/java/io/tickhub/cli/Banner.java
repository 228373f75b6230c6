package io.tickhub.cli;

import io.tickhub.cluster.LocalCluster;
import io.tickhub.cluster.LocalServices.Source;
import io.tickhub.model.Symbol;
import io.tickhub.runtime.config.KafkaConfig;
import io.tickhub.runtime.config.Settings;
import java.util.Optional;

/** What {@code up} prints when all is ready: what runs, and commands that work as typed. No state. */
final class Banner {

    private static final Symbol EXAMPLE = new Symbol("AAPL");

    private Banner() {}

    static String of(LocalCluster cluster, SourceOptions source) {
        String command =
                prefix(cluster.broker().bootstrapServers()) + System.getProperty("tickhub.command", "./tickhub");
        Optional<Source> published = source.source();
        Symbol symbol =
                published.flatMap(what -> what.example().or(cluster::anySymbol)).orElse(EXAMPLE);
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
                        published.map(Source::description).orElse("none"),
                        command,
                        symbol,
                        command,
                        cluster.kafka().topics().ticks(symbol).name(),
                        command,
                        command);
    }

    /** What a command needs in front of it to find this broker. */
    private static String prefix(String bootstrapServers) {
        String found = new Settings(System.getenv()).get(KafkaConfig.BOOTSTRAP_SERVERS);
        return found.equals(bootstrapServers)
                ? ""
                : KafkaConfig.BOOTSTRAP_SERVERS.name() + "=" + bootstrapServers + " ";
    }
}
