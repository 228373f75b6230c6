package io.tickhub.producer.replay;

import io.tickhub.producer.source.SourceItem;

/** Which rows stand in the system already, so that a resumed replay passes over them. Used by one thread. */
@FunctionalInterface
public interface ArrivedRows extends AutoCloseable {

    /** As for a replay from the beginning: none. */
    ArrivedRows NONE = item -> false;

    /** Whether the tick or the dead letter of this row was stored before; throws where that cannot be found out. May wait for Kafka. */
    boolean contains(SourceItem item);

    @Override
    default void close() {
        // Most hold nothing.
    }
}
