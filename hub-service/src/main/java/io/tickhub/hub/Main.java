package io.tickhub.hub;

import io.tickhub.runtime.ServiceMain;

/** Starts a hub. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(ServiceMain.run("hub", env -> new HubService(HubConfig.fromEnv(env))));
    }
}
