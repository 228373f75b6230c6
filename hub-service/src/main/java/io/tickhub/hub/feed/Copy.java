package io.tickhub.hub.feed;

import io.tickhub.model.Progress;
import io.tickhub.model.Subscription;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One subscription as the owner of its symbol carries it out. Everything of the range before {@link #covered} has been written to
 * the feed. For the worker's thread.
 */
final class Copy {

    private Subscription subscription;
    private long covered;
    private Optional<Progress> written;

    /**
     * @param covered first offset not copied yet
     * @param written what stands in {@code progress}
     */
    Copy(Subscription subscription, long covered, Optional<Progress> written) {
        this.subscription = subscription;
        this.covered = covered;
        this.written = written;
    }

    Subscription subscription() {
        return subscription;
    }

    /** Takes over what the client changed: the end. */
    void update(Subscription changed) {
        subscription = changed;
    }

    long covered() {
        return covered;
    }

    void coverTo(long offset) {
        covered = offset;
    }

    OptionalLong end() {
        return subscription.end();
    }

    /** Whether the whole range has been copied. */
    boolean isComplete() {
        return end().isPresent() && covered >= end().getAsLong();
    }

    /** The offset before which records are wanted. */
    long limit() {
        return end().orElse(Long.MAX_VALUE);
    }

    /** Whether it goes with the stream of the symbol, which stands at this position. */
    boolean isLive(long position) {
        return covered >= position;
    }

    /** What has to be written to {@code progress}, if that is something else than what stands there. */
    Optional<Progress> progressToWrite(long position) {
        Progress progress = isLive(position) ? Progress.LIVE : Progress.catchingUp(covered);
        if (written.equals(Optional.of(progress))) {
            return Optional.empty();
        }
        written = Optional.of(progress);
        return written;
    }
}
