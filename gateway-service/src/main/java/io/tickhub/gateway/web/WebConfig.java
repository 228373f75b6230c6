package io.tickhub.gateway.web;

import java.util.Set;

/**
 * Where and to whom the gateway serves. Immutable.
 *
 * @param host address to bind
 * @param port port to bind; 0 picks a free one
 * @param origins of other pages whose scripts may use it
 */
public record WebConfig(String host, int port, Set<String> origins) {

    public WebConfig {
        origins = Set.copyOf(origins);
    }

    /** Whether only this machine can reach it. */
    boolean isLocal() {
        return Origins.isLoopback(host);
    }
}
