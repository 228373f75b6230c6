package io.tickhub.gateway.web;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which pages' scripts may use the gateway: its own, and those that the configuration names. A browser says by {@code Origin} whose script
 * asks; other programs say nothing. A gateway for this machine alone also wants to be asked by a name of this machine, so that a foreign
 * page cannot reach it by a name of its own that points here. Immutable.
 */
final class Origins {

    private final Set<String> allowed;
    private final boolean local;

    Origins(WebConfig config) {
        this.allowed = config.origins();
        this.local = config.isLocal();
    }

    /** What is wrong with a request; empty if nothing is. */
    Optional<Problem> refusal(Optional<String> host, Optional<String> origin) {
        if (local && host.filter(name -> !isLoopback(hostName(name))).isPresent()) {
            return Optional.of(
                    Problem.of(
                            Problem.Kind.FOREIGN_HOST,
                            "this gateway serves this machine alone; ask it by the name localhost, or let it bind to more with TICKHUB_WEB_HOST"));
        }
        if (origin.filter(page -> !isOwn(page, host) && !allowed.contains(page)).isPresent()) {
            return Optional.of(Problem.of(
                    Problem.Kind.FOREIGN_ORIGIN,
                    "scripts of other pages may not use this gateway; TICKHUB_WEB_ORIGINS names those that may"));
        }
        return Optional.empty();
    }

    /** Whether the answer is to be given to a script of that page. */
    boolean isForeignButAllowed(String origin) {
        return allowed.contains(origin);
    }

    static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.equals("[::1]")
                || name.equals("::1")
                || name.matches("127(\\.\\d{1,3}){3}");
    }

    private static boolean isOwn(String origin, Optional<String> host) {
        try {
            return host.equals(Optional.ofNullable(new URI(origin).getRawAuthority()));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String hostName(String hostAndPort) {
        return hostAndPort.replaceFirst(":\\d+$", "");
    }
}
