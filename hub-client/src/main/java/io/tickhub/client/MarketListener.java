package io.tickhub.client;

/**
 * Told of a subscription's events, one at a time, in order, on a thread of the subscription's own. While it works, the buffer fills;
 * a full buffer pauses the feed. If it throws, the subscription is closed and the failure goes to {@link #onFailure}.
 */
@FunctionalInterface
public interface MarketListener {

    void onEvent(MarketEvent event);

    /** Nothing more follows: every symbol has ended, or the subscription was closed. */
    default void onEnd() {}

    /** The feed broke, or {@link #onEvent} threw; nothing more follows. */
    default void onFailure(RuntimeException failure) {}
}
