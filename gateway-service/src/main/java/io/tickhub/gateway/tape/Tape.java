package io.tickhub.gateway.tape;

import io.tickhub.model.Symbol;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The newest events of the gateway's feed, for all streams together: a ring that one thread writes and any number read, each at a place
 * of its own. So a slow reader costs the writer and the other readers nothing: what it was too slow for is overwritten, and it finds out.
 *
 * <p>Reading takes no lock. An item is put into its slot before the end moves on, and carries its number, by which a reader sees that the
 * slot was overwritten meanwhile.
 */
public final class Tape {

    private final AtomicReferenceArray<TapeItem> slots;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private volatile long end;

    /** @param capacity how many events are kept, 1 or more */
    public Tape(int capacity) {
        slots = new AtomicReferenceArray<>(capacity);
    }

    /** The writer: adds an event; readers that wait are told by {@link #tell}. */
    TapeItem append(Place place, Symbol symbol, TapeItem.Kind kind, String json) {
        long sequence = end;
        TapeItem item = new TapeItem(sequence, place, symbol, kind, json);
        slots.set(slot(sequence), item);
        end = sequence + 1;
        return item;
    }

    /** The writer: wakes the readers that wait. */
    void tell() {
        lock.lock();
        try {
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Number of the first event that is kept. */
    public long begin() {
        return Math.max(0, end - slots.length());
    }

    /** Number of the next event to come. */
    public long end() {
        return end;
    }

    /** The event of a number; empty if it was overwritten, or is still to come. */
    public Optional<TapeItem> at(long sequence) {
        return sequence < end
                ? Optional.ofNullable(slots.get(slot(sequence))).filter(item -> item.sequence() == sequence)
                : Optional.empty();
    }

    /** Number of the first event after a place; empty if some after it may have been overwritten, or never was here. */
    public OptionalLong after(Place place) {
        for (long sequence = end - 1; sequence >= begin(); sequence--) {
            Optional<TapeItem> item = at(sequence);
            if (item.isPresent() && place.isAtOrAfter(item.get().place())) {
                return OptionalLong.of(sequence + 1);
            }
        }
        return OptionalLong.empty();
    }

    /** The newest tick of a feed that is kept. */
    public Optional<TapeItem> newestTick(long feed) {
        for (long sequence = end - 1; sequence >= begin(); sequence--) {
            Optional<TapeItem> item = at(sequence);
            if (item.filter(kept ->
                            kept.kind() == TapeItem.Kind.TICK && kept.place().feed() == feed)
                    .isPresent()) {
                return item;
            }
        }
        return Optional.empty();
    }

    /** Waits until there is an event of this number or a later one, at most for the timeout. */
    public void await(long sequence, Duration timeout) throws InterruptedException {
        long nanos = timeout.toNanos();
        lock.lockInterruptibly();
        try {
            while (end <= sequence && nanos > 0) {
                nanos = grown.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    private int slot(long sequence) {
        return (int) (sequence % slots.length());
    }
}
