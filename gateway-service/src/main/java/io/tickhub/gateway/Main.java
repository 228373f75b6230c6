package io.tickhub.gateway;

import io.tickhub.runtime.ServiceMain;

/** Starts a gateway. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(ServiceMain.run("gateway", env -> new GatewayService(GatewayConfig.fromEnv(env))));
    }
}
