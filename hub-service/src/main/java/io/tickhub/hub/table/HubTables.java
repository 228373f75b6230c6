package io.tickhub.hub.table;

import io.tickhub.model.Lease;
import io.tickhub.model.PriceStats;
import io.tickhub.model.Progress;
import io.tickhub.model.Subscription;
import io.tickhub.runtime.table.CompactedTable;

/**
 * The tables that a hub reads, besides those of the runtime.
 *
 * @param subscriptions what clients want
 * @param progress how far the symbols' owners have copied
 * @param leases when the clients that hold subscriptions were seen last
 * @param stats the statistics of every symbol
 */
public record HubTables(
        CompactedTable<Subscription> subscriptions,
        CompactedTable<Progress> progress,
        CompactedTable<Lease> leases,
        CompactedTable<PriceStats> stats) {

    /** Whether nothing more will be copied for a subscription. */
    public boolean isEnded(Subscription subscription) {
        return progress.get(subscription.key())
                .map(found -> found.state() == Progress.State.ENDED)
                .orElse(false);
    }
}
