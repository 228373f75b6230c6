package io.tickhub.cli;

import io.tickhub.client.MarketDataClient;
import java.io.PrintWriter;

/** Tells the user of a command that waits for ticks when the last hub goes, and when one comes back. For one thread. */
final class HubNotice {

    private final MarketDataClient client;
    private final PrintWriter err;
    private boolean wasThere = true;

    HubNotice(MarketDataClient client, PrintWriter err) {
        this.client = client;
        this.err = err;
    }

    void look() {
        boolean isThere = client.isHubThere();
        if (isThere != wasThere) {
            wasThere = isThere;
            err.println(
                    isThere
                            ? "tickhub: a hub is running again"
                            : "tickhub: no hub is running; waiting for one (Ctrl-C ends)");
            err.flush();
        }
    }
}
