package io.tickhub.cluster;

import io.tickhub.aggregator.AggregatorConfig;
import io.tickhub.aggregator.AggregatorService;
import io.tickhub.gateway.GatewayConfig;
import io.tickhub.gateway.GatewayService;
import io.tickhub.hub.HubConfig;
import io.tickhub.hub.HubService;
import io.tickhub.model.Role;
import io.tickhub.model.Symbol;
import io.tickhub.producer.ProducerConfig;
import io.tickhub.producer.ProducerConfig.Input;
import io.tickhub.producer.ProducerService;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The services that can run in a local cluster, and what they publish. No state. */
public final class LocalServices {

    private static final Part HUB = new Part(Role.HUB, environment -> {
        HubConfig config = HubConfig.fromEnv(environment);
        return () -> new HubService(config);
    });

    private static final Part AGGREGATOR = new Part(Role.AGGREGATOR, environment -> {
        AggregatorConfig config = AggregatorConfig.fromEnv(environment);
        return () -> new AggregatorService(config);
    });

    private static final Part PRODUCER = new Part(Role.PRODUCER, environment -> {
        ProducerConfig config = ProducerConfig.fromEnv(environment);
        return () -> new ProducerService(config);
    });

    private static final Part GATEWAY = new Part(Role.GATEWAY, environment -> {
        GatewayConfig config = GatewayConfig.fromEnv(environment);
        return () -> new GatewayService(config);
    });

    /**
     * What a producer publishes, for a person.
     *
     * @param description symbols and rate, or files and speed
     * @param example one of the symbols, where they are known beforehand
     */
    public record Source(String description, Optional<Symbol> example) {}

    private LocalServices() {}

    /** A hub, an aggregator and a producer, in the order in which they are named to a user. */
    public static List<Part> all() {
        return List.of(HUB, AGGREGATOR, PRODUCER);
    }

    /** A hub and an aggregator. */
    public static List<Part> withoutProducer() {
        return List.of(HUB, AGGREGATOR);
    }

    /** The web page. */
    public static Part gateway() {
        return GATEWAY;
    }

    /**
     * What the producer of this environment publishes.
     *
     * @throws io.tickhub.runtime.config.ConfigurationException if anything is wrong, with all mistakes
     */
    public static Source source(Map<String, String> environment) {
        return switch (ProducerConfig.fromEnv(environment).input()) {
            case Input.Simulated simulated ->
                new Source(
                        "simulated " + join(simulated.simulator().symbols()) + ", "
                                + simulated.simulator().ratePerSecond() + " ticks/s in total",
                        Optional.of(simulated.simulator().symbols().get(0)));
            case Input.Replayed replayed ->
                new Source(
                        "replay of " + join(replayed.replay().files()) + ", speed "
                                + replayed.replay().speed(),
                        Optional.empty());
        };
    }

    private static String join(List<?> things) {
        return things.stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
