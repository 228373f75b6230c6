package io.tickhub.cli;

import io.tickhub.cluster.BrokerLogins;
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
        return cluster.broker()
                .logins()
                .map(logins -> withPasswords(cluster, published, command, symbol, logins))
                .orElseGet(() -> open(cluster, published, command, symbol));
    }

    private static String open(LocalCluster cluster, Optional<Source> published, String command, Symbol symbol) {
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

    private static String withPasswords(
            LocalCluster cluster, Optional<Source> published, String command, Symbol symbol, BrokerLogins logins) {
        return """

                Tickhub is running, and asks everybody for a password.
                  Kafka broker   %s, data in %s
                  producer       %s
                  hub, aggregator

                Administrator    --command-config %s
                Make a client    %s clients add alice --write alice.properties --command-config %s
                Watch ticks      %s watch %s --command-config alice.properties
                as Kafka does    %s kafka console-consumer --topic %s --command-config %s
                Stop             Ctrl-C here, or %s shutdown --command-config %s
                """
                .formatted(
                        cluster.broker().bootstrapServers(),
                        cluster.broker().folder(),
                        published.map(Source::description).orElse("none"),
                        logins.adminFile(),
                        command,
                        logins.adminFile(),
                        command,
                        symbol,
                        command,
                        cluster.kafka().topics().ticks(symbol).name(),
                        logins.adminFile(),
                        command,
                        logins.adminFile());
    }

    /** What a command needs in front of it to find this broker. */
    private static String prefix(String bootstrapServers) {
        String found = new Settings(System.getenv()).get(KafkaConfig.BOOTSTRAP_SERVERS);
        return found.equals(bootstrapServers)
                ? ""
                : KafkaConfig.BOOTSTRAP_SERVERS.name() + "=" + bootstrapServers + " ";
    }
}
