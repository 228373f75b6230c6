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
        String command = System.getProperty("tickhub.command", "./tickhub");
        String findsBroker = prefix(cluster.broker().bootstrapServers()) + command;
        Optional<Source> published = source.source();
        Symbol symbol =
                published.flatMap(what -> what.example().or(cluster::anySymbol)).orElse(EXAMPLE);
        return cluster.broker()
                .logins()
                .map(logins -> withPasswords(cluster, published, command, findsBroker, symbol, logins))
                .orElseGet(() -> open(cluster, published, findsBroker, symbol));
    }

    private static String open(LocalCluster cluster, Optional<Source> published, String command, Symbol symbol) {
        return """

                Tickhub is running.
                  web page       %s
                  Kafka broker   %s, data in %s
                  producer       %s
                  hub, aggregator

                Watch ticks      %s watch %s
                as Kafka does    %s kafka console-consumer --topic %s
                Statistics       %s stats
                Stop             Ctrl-C here, or %s shutdown
                """
                .formatted(
                        page(cluster),
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

    /** The files of logins tell Tickhub's own commands where the broker is, but not Kafka's tools. */
    private static String withPasswords(
            LocalCluster cluster,
            Optional<Source> published,
            String command,
            String findsBroker,
            Symbol symbol,
            BrokerLogins logins) {
        return """

                Tickhub is running, and asks everybody for a password.
                  web page       %9$s
                  Kafka broker   %1$s, data in %2$s
                  producer       %3$s
                  hub, aggregator

                Make a client    %4$s clients add alice --write alice.properties --command-config %5$s
                Watch ticks      %4$s watch %6$s --command-config alice.properties
                as Kafka does    %7$s kafka console-consumer --topic %8$s --command-config %5$s
                Stop             Ctrl-C here, or %4$s shutdown --command-config %5$s
                """
                .formatted(
                        cluster.broker().bootstrapServers(),
                        cluster.broker().folder(),
                        published.map(Source::description).orElse("none"),
                        command,
                        logins.adminFile(),
                        symbol,
                        findsBroker,
                        cluster.kafka().topics().ticks(symbol).name(),
                        page(cluster));
    }

    private static String page(LocalCluster cluster) {
        return cluster.webPort().isPresent()
                ? "http://localhost:" + cluster.webPort().getAsInt() + "/"
                : "none";
    }

    /** What a command needs in front of it to find this broker. */
    private static String prefix(String bootstrapServers) {
        String found = new Settings(System.getenv()).get(KafkaConfig.BOOTSTRAP_SERVERS);
        return found.equals(bootstrapServers)
                ? ""
                : KafkaConfig.BOOTSTRAP_SERVERS.name() + "=" + bootstrapServers + " ";
    }
}
