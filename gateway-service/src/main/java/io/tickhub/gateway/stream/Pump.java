package io.tickhub.gateway.stream;

import io.tickhub.gateway.tape.FeedTap;
import io.tickhub.gateway.tape.Place;
import io.tickhub.gateway.tape.TapeItem;
import io.tickhub.model.Symbol;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One stream at work: takes what its cursor gives and writes it, on the thread of the connection, which may be a virtual one. A browser
 * that is slow holds up this thread and nobody else: meanwhile the tape goes on, and when it has overtaken the stream, the stream is
 * conflated; one that takes nothing for too long is ended with a reason.
 */
public final class Pump {

    /** Events of this much time are sent together: one write for a burst. */
    private static final Duration PACE = Duration.ofMillis(15);

    private static final Duration LONGEST_WAIT = Duration.ofMillis(200);
    private static final long STATS_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long PING_NANOS = Duration.ofSeconds(5).toNanos();
    private static final int MOST_WAITING = 100;
    private static final int MOST_REWINDS = 5;

    private final Streams streams;
    private final Outlet outlet;
    private final AtomicReference<Selection> wanted = new AtomicReference<>();
    private final Queue<Frame> replies = new ConcurrentLinkedQueue<>();
    private final Map<Symbol, Long> statsSent = new HashMap<>();
    private volatile Optional<String> stopReason = Optional.empty();
    private Optional<FeedTap.State> stateSent = Optional.empty();
    private long statsNanos = System.nanoTime() - STATS_NANOS;
    private long lastNanos = System.nanoTime();

    public Pump(Streams streams, Outlet outlet) {
        this.streams = streams;
        this.outlet = outlet;
    }

    /** Any thread: the stream wants something else from now on. */
    public void select(Selection selection) {
        wanted.set(selection);
    }

    /** Any thread: sends a message of its own; false if too many wait already. */
    public boolean reply(Frame frame) {
        return replies.size() < MOST_WAITING && replies.add(frame);
    }

    /** Any thread: ends the stream with a reason. */
    public void stop(String reason) {
        stopReason = Optional.of(reason);
    }

    /** Any thread: whether it was asked to end. */
    public boolean isStopped() {
        return stopReason.isPresent();
    }

    /**
     * Writes until the stream is ended.
     *
     * @param after the last event that the browser has; empty if it is new here
     * @throws IOException if the connection is gone
     */
    public void run(Selection selection, Optional<Place> after) throws IOException, InterruptedException {
        streams.opened(this);
        try {
            sendState();
            outlet.flush();
            Cursor cursor = after.isPresent() ? resume(selection, after.get()) : fresh(selection);
            while (stopReason.isEmpty()) {
                writeInTime(cursor);
                pause(cursor);
            }
            outlet.send(Frame.because(Frame.Event.CLOSED, stopReason.get()));
            outlet.flush();
        } finally {
            streams.closed(this);
        }
    }

    private Cursor fresh(Selection selection) {
        return Cursor.fresh(streams.tape, streams.board, selection, System.nanoTime());
    }

    /**
     * What the tape no longer holds is read again, up to its newest tick, so that it can go on for long before it overwrites that; if it
     * does nevertheless, once more. A cursor that comes too late in the end tells it.
     */
    private Cursor resume(Selection selection, Place after) throws IOException, InterruptedException {
        if (!selection.hasEvery()) {
            // The newest is all that it wants.
            return fresh(selection);
        }
        if (streams.tape.after(after).isEmpty() && !isOfTheFeed(after, selection)) {
            return lost(selection);
        }
        Place reached = after;
        for (int rewinds = 0; rewinds < MOST_REWINDS; rewinds++) {
            OptionalLong behind = streams.tape.after(reached);
            boolean isWhole = streams.tape.begin() == 0;
            if (behind.isPresent() || (isWhole && rewinds > 0)) {
                return resumed(selection, behind.orElse(0), reached);
            }
            Optional<TapeItem> newest = streams.tape.newestTick(after.feed());
            if (newest.isEmpty() && !isWhole) {
                return lost(selection);
            }
            long to = newest.map(item -> item.place().offset() + 1).orElse(Long.MAX_VALUE);
            Optional<Rewind.Reached> read = streams.rewind.read(reached, to, selection, new Again());
            if (read.isEmpty()) {
                return lost(selection);
            }
            if (read.get().deleted() > 0) {
                outlet.send(Frame.because(
                        Frame.Event.LOST, read.get().deleted() + " records after this place are no longer kept"));
            }
            reached = read.get().place();
        }
        return resumed(selection, 0, reached);
    }

    /** Whether a place lies in the feed that the gateway reads; waits until it has one. */
    private boolean isOfTheFeed(Place place, Selection selection) throws IOException, InterruptedException {
        while (stopReason.isEmpty()) {
            FeedTap.State state = streams.state.get();
            if (state.feed().isPresent()) {
                return state.number().equals(OptionalLong.of(place.feed()));
            }
            sendState();
            sendStats(selection);
            pingInTime();
            outlet.flush();
            Thread.sleep(LONGEST_WAIT);
        }
        return false;
    }

    /** What is read again is sent at once, and in time like everything else. */
    private final class Again implements Rewind.Sink {

        @Override
        public void take(Frame frame) throws IOException {
            long began = System.nanoTime();
            try {
                sendNow(frame);
            } finally {
                leaveIfSlow(began);
            }
        }

        /** Asked between the records of one read and the next, and while others have their turn. */
        @Override
        public boolean isDone() throws IOException {
            long began = System.nanoTime();
            try {
                pingInTime();
                outlet.flush();
            } finally {
                leaveIfSlow(began);
            }
            return isStopped();
        }
    }

    private Cursor resumed(Selection selection, long next, Place seen) {
        return Cursor.resumed(streams.tape, streams.board, selection, next, seen, System.nanoTime());
    }

    private Cursor lost(Selection selection) throws IOException {
        if (!isStopped()) {
            outlet.send(Frame.because(
                    Frame.Event.LOST,
                    "the gateway no longer has what came after this place; going on with the newest"));
        }
        return fresh(selection);
    }

    /** A browser that was too slow is left, whether it has taken everything in the end or the connection was given up. */
    private void writeInTime(Cursor cursor) throws IOException {
        long began = System.nanoTime();
        try {
            write(cursor);
        } finally {
            leaveIfSlow(began);
        }
    }

    private void leaveIfSlow(long beganNanos) {
        if (System.nanoTime() - beganNanos > streams.slowAfter.toNanos()) {
            streams.disconnected.increment();
            stop("this browser took longer than " + streams.slowAfter.toSeconds() + " s for what it was sent");
        }
    }

    private void write(Cursor cursor) throws IOException {
        Selection next = wanted.getAndSet(null);
        if (next != null) {
            cursor.select(next);
            statsSent.clear();
        }
        for (Frame reply = replies.poll(); reply != null; reply = replies.poll()) {
            sendNow(reply);
        }
        Cursor.Batch batch = cursor.poll(System.nanoTime());
        if (batch.overtaken() > 0) {
            streams.conflated.increment();
            sendNow(Frame.because(
                    Frame.Event.CONFLATED,
                    "too slow for every tick: " + batch.overtaken() + " events were passed over; at most one tick in "
                            + Cursor.WHEN_SLOW.toMillis() + " ms of each symbol from now on"));
        }
        for (TapeItem item : batch.items()) {
            sendNow(Frame.of(item));
        }
        sendState();
        sendStats(cursor.selection());
        pingInTime();
        outlet.flush();
    }

    private void pingInTime() throws IOException {
        if (System.nanoTime() - lastNanos > PING_NANOS) {
            lastNanos = System.nanoTime();
            outlet.ping();
        }
    }

    private void sendState() throws IOException {
        FeedTap.State now = streams.state.get();
        if (!stateSent.equals(Optional.of(now))) {
            stateSent = Optional.of(now);
            sendNow(Frame.of(Frame.Event.STATE, new StateMessage(now.isLive(), now.hub(), now.detail())));
        }
    }

    private record StateMessage(boolean live, boolean hub, String detail) {}

    private void sendStats(Selection selection) throws IOException {
        if (System.nanoTime() - statsNanos < STATS_NANOS) {
            return;
        }
        statsNanos = System.nanoTime();
        for (StatsNews.News news : streams.stats.all()) {
            if (selection.includes(news.symbol()) && !isSent(news)) {
                statsSent.put(news.symbol(), news.offset());
                sendNow(news.frame());
            }
        }
    }

    private boolean isSent(StatsNews.News news) {
        return statsSent.getOrDefault(news.symbol(), -1L) == news.offset();
    }

    private void sendNow(Frame frame) throws IOException {
        lastNanos = System.nanoTime();
        streams.sent.increment();
        outlet.send(frame);
    }

    private void pause(Cursor cursor) throws InterruptedException {
        Duration wait = cursor.selection()
                .interval()
                .filter(time -> time.compareTo(LONGEST_WAIT) < 0)
                .orElse(LONGEST_WAIT);
        if (cursor.selection().hasEvery()) {
            streams.tape.await(cursor.next(), wait);
            Thread.sleep(PACE);
        } else {
            Thread.sleep(wait);
        }
    }
}
