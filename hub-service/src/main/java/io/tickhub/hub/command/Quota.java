package io.tickhub.hub.command;

import io.tickhub.model.ClientId;
import io.tickhub.model.ErrorCode;

/**
 * How many subscriptions there may be: every hub has all of them in its heap, about 1.5 KB each, and the feed of each client is a
 * topic. For one thread.
 */
final class Quota {

    static final int OF_A_CLIENT = 10_000;
    static final int OF_ALL = 50_000;
    static final int CLIENTS = 5_000;

    private final ClientSubscriptions subscriptions;

    Quota(ClientSubscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    /** Two hubs that decide at the same moment can go a little beyond it. */
    void requireRoom(ClientId client, int added) throws Rejected {
        if (added == 0) {
            return;
        }
        int before = subscriptions.of(client).size();
        if (before + added > OF_A_CLIENT) {
            throw refused("a client has at most " + OF_A_CLIENT + " subscriptions");
        }
        if (subscriptions.size() + added > OF_ALL) {
            throw refused("the system has at most " + OF_ALL + " subscriptions; try again when others have left");
        }
        if (before == 0 && subscriptions.clients() >= CLIENTS) {
            throw refused("the system has at most " + CLIENTS + " subscribers; try again when others have left");
        }
    }

    /**
     * The same for a client that is there already.
     *
     * @param added of the client
     * @param addedInAll of all clients
     */
    boolean hasRoom(ClientId client, int added, int addedInAll) {
        return subscriptions.of(client).size() + added <= OF_A_CLIENT && subscriptions.size() + addedInAll <= OF_ALL;
    }

    /** Whether so many clients can come with so many subscriptions each. */
    boolean isRoomForNew(int clients, int each) {
        return subscriptions.clients() + clients <= CLIENTS && subscriptions.size() + clients * each <= OF_ALL;
    }

    private static Rejected refused(String why) {
        return new Rejected(ErrorCode.LIMIT_EXCEEDED, why);
    }
}
