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

    /** How many more a client can have by its own limit. */
    int roomOf(ClientId client) {
        return OF_A_CLIENT - subscriptions.of(client).size();
    }

    /** How many more there can be in all. */
    int roomInAll() {
        return OF_ALL - subscriptions.size();
    }

    /** Whether so many clients can come with so many subscriptions in all. */
    boolean isRoomForNew(int clients, int added) {
        return subscriptions.clients() + clients <= CLIENTS && subscriptions.size() + added <= OF_ALL;
    }

    private static Rejected refused(String why) {
        return new Rejected(ErrorCode.LIMIT_EXCEEDED, why);
    }
}
