package io.tickhub.runtime.drain;

import io.tickhub.model.DrainState;

/** What a service does when the whole system is shut down. Called ten times a second while a drain holds, by one thread. */
@FunctionalInterface
public interface DrainParticipant {

    /** Does what the drain's phase asks for; must not block. */
    void follow(DrainState drain);
}
