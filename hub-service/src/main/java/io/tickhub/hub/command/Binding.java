package io.tickhub.hub.command;

import io.tickhub.model.ClientId;
import io.tickhub.model.Subscription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The subscriptions that stem from those that wait for topics, as many as one transaction is to write, and no more than there is room
 * for. For one thread.
 */
final class Binding {

    private static final int AT_ONCE = 2_000;

    private final Quota quota;
    private final List<Subscription> bound = new ArrayList<>();
    private final Map<ClientId, Integer> addedByClient = new HashMap<>();
    private boolean whole = true;
    private final Map<ClientId, Integer> shortOfRoom = new HashMap<>();

    Binding(Quota quota) {
        this.quota = quota;
    }

    /** Adds what one that waits leads to. */
    void add(Subscription waiting, List<Subscription> found) {
        ClientId client = waiting.client();
        int room = Math.min(
                quota.roomOf(client) - addedByClient.getOrDefault(client, 0), quota.roomInAll() - bound.size());
        int added = 0;
        int refused = 0;
        for (Subscription subscription : found) {
            if (bound.size() >= AT_ONCE) {
                whole = false;
                break;
            }
            // The first one takes the place of the one that waits, if that is to a symbol of its own.
            boolean isSame = subscription.key().equals(waiting.key());
            if (!isSame && added >= room) {
                refused++;
                continue;
            }
            bound.add(subscription);
            added += isSame ? 0 : 1;
        }
        addedByClient.merge(client, added, Integer::sum);
        if (refused > 0) {
            shortOfRoom.put(client, refused);
        }
    }

    /** The subscriptions. */
    List<Subscription> bound() {
        return bound;
    }

    /** Of clients for which there is not enough room, how many subscriptions are left out. */
    Map<ClientId, Integer> shortOfRoom() {
        return shortOfRoom;
    }

    /** Whether that is all for which there is room. */
    boolean isWhole() {
        return whole;
    }
}
