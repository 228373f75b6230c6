package io.tickhub.cli;

import io.tickhub.client.MarketEvent;
import io.tickhub.client.Subscription;
import java.io.PrintWriter;

/** How the events of a subscription are shown to a person. For one thread. */
interface TickView extends AutoCloseable {

    /** Begins the averages with the snapshots. */
    void begin(Subscription subscription);

    void print(MarketEvent event);

    /** How many ticks there were. */
    long ticks();

    /** Shows what was printed until now. */
    void show();

    /** Whether somebody still looks. */
    boolean isWatched();

    /** Where sentences for the user go. */
    PrintWriter notices();

    @Override
    void close();
}
