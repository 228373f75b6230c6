package io.tickhub.it;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Starts the shared broker before the first scenario, so that its start does not count against the scenario's own time. */
final class BrokerFirst implements BeforeAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
        var unused = SharedBroker.bootstrapServers();
    }
}
