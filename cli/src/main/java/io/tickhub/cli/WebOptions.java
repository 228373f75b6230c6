package io.tickhub.cli;

import io.tickhub.cluster.LocalServices;
import io.tickhub.cluster.Part;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Whether and where {@code up} shows the market in browsers. */
final class WebOptions {

    @Option(
            names = "--web-port",
            paramLabel = "PORT",
            description = "Port of the web page on this machine; 0 takes a free one (default: 8080).")
    private Optional<Integer> port = Optional.empty();

    @Option(names = "--no-web", description = "Without the web page.")
    private boolean noWeb;

    /** The environment with what the options say. */
    Map<String, String> environment(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        port.ifPresent(number -> all.put("TICKHUB_WEB_PORT", Integer.toString(number)));
        return Map.copyOf(all);
    }

    /** The services with that of the page. */
    List<Part> parts(List<Part> services) {
        return noWeb
                ? services
                : Stream.concat(services.stream(), Stream.of(LocalServices.gateway()))
                        .toList();
    }
}
