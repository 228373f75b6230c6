package io.tickhub.producer;

import io.tickhub.runtime.ServiceMain;

/** The producer's process. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(ServiceMain.run("producer", env -> new ProducerService(ProducerConfig.fromEnv(env))));
    }
}
