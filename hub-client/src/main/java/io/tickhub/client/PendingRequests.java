package io.tickhub.client;

import io.tickhub.model.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The requests that wait for their replies: bounded in number, each with a deadline, each completed exactly once, at the latest
 * at {@link #close}. Late and repeated replies find nothing and are dropped. Thread safe.
 */
final class PendingRequests {

    private record Pending(CompletableFuture<Outcome> outcome, long deadlineNanos) {}

    private final int limit;
    private final Map<String, Pending> pendingByCorrelationId = new HashMap<>();
    private Optional<Outcome> closed = Optional.empty();

    PendingRequests(int limit) {
        this.limit = limit;
    }

    /**
     * Begins to wait.
     *
     * @param request what was asked, for the error message
     * @return completes with what became of the request, on the thread that finds out
     * @throws TooManyRequestsException if the limit is reached
     */
    synchronized CompletableFuture<Outcome> add(String correlationId, String request, Duration timeout, long nowNanos) {
        if (closed.isPresent()) {
            return CompletableFuture.completedFuture(closed.get());
        }
        if (pendingByCorrelationId.size() >= limit) {
            throw new TooManyRequestsException(request, limit);
        }
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        pendingByCorrelationId.put(correlationId, new Pending(outcome, nowNanos + timeout.toNanos()));
        return outcome;
    }

    /** Whether somebody waits for this reply. */
    synchronized boolean isWaiting(String correlationId) {
        return pendingByCorrelationId.containsKey(correlationId);
    }

    void reply(String correlationId, Reply reply) {
        complete(correlationId, new Outcome.Replied(reply));
    }

    /** Ends the wait for one request, if it still waits. */
    void complete(String correlationId, Outcome outcome) {
        Pending pending;
        synchronized (this) {
            pending = pendingByCorrelationId.remove(correlationId);
        }
        if (pending != null) {
            pending.outcome().complete(outcome);
        }
    }

    /** Ends the wait for all requests whose time is over. */
    void expire(long nowNanos) {
        List<Pending> expired = new ArrayList<>();
        synchronized (this) {
            Iterator<Pending> all = pendingByCorrelationId.values().iterator();
            while (all.hasNext()) {
                Pending pending = all.next();
                if (nowNanos - pending.deadlineNanos() >= 0) {
                    all.remove();
                    expired.add(pending);
                }
            }
        }
        expired.forEach(pending -> pending.outcome().complete(new Outcome.TimedOut()));
    }

    /** Ends the wait for all requests; new ones may come. */
    void completeAll(Outcome outcome) {
        List<Pending> all;
        synchronized (this) {
            all = List.copyOf(pendingByCorrelationId.values());
            pendingByCorrelationId.clear();
        }
        all.forEach(pending -> pending.outcome().complete(outcome));
    }

    /** Ends the wait for all requests, those to come too. The first call decides on the reason. */
    void close(Outcome reason) {
        synchronized (this) {
            if (closed.isEmpty()) {
                closed = Optional.of(reason);
            }
        }
        completeAll(reason);
    }

    synchronized int size() {
        return pendingByCorrelationId.size();
    }
}
