package io.tickhub.runtime.drain;

import io.tickhub.model.DrainState;
import io.tickhub.model.Figures;

/** What a service does when the whole system is shut down. */
public interface DrainParticipant {

    /** Does what the drain's phase asks for; must not block. Called ten times a second while a drain holds, by one thread. */
    void follow(DrainState drain);

    /** What the service has done, asked with each heartbeat once its share is done. Thread safe. */
    Figures figures();
}
