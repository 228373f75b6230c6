package io.tickhub.aggregator;

import io.tickhub.runtime.ServiceMain;

/** Runs an aggregator as a process of its own. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(ServiceMain.run(
                "aggregator", environment -> new AggregatorService(AggregatorConfig.fromEnv(environment))));
    }
}
