package io.tickhub.client;

/** A hub is always there. */
final class HubIsThere implements HubPresence {

    @Override
    public boolean isHubThere() {
        return true;
    }

    @Override
    public boolean isHubSilent() {
        return false;
    }

    @Override
    public String absence() {
        return "";
    }
}
