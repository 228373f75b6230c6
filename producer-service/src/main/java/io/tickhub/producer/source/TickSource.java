package io.tickhub.producer.source;

import java.util.OptionalLong;

/**
 * Where ticks come from. It is pulled by one thread, which waits until {@link #due} and then takes {@link #next}; so a publisher
 * that has to wait holds its source back by not asking. Not thread safe. Whoever opens a source closes it.
 */
public interface TickSource extends AutoCloseable {

    /** As {@link #due}: there is nothing to wait for. */
    long AT_ONCE = Long.MIN_VALUE;

    /**
     * When the next item is to be published, in nanoseconds after the first one or {@link #AT_ONCE}, never falling; empty at the
     * end of the source. Does not wait for that time.
     *
     * @throws java.io.UncheckedIOException if the source can be read no further
     */
    OptionalLong due();

    /**
     * Takes the item that {@link #due} spoke of.
     *
     * @throws java.util.NoSuchElementException at the end
     */
    SourceItem next();

    @Override
    void close();
}
