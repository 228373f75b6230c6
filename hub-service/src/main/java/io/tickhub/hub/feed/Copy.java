package io.tickhub.hub.feed;

import io.tickhub.model.Covers;
import io.tickhub.model.FeedEvent;
import io.tickhub.model.Progress;
import io.tickhub.model.Subscription;
import io.tickhub.model.WhenSlow;
import io.tickhub.runtime.worker.Transaction;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One subscription as the owner of its symbol carries it out. Everything of the range before {@link #taken} has been dealt to it;
 * everything before {@link #covered} stands in the feed. Between the two lies what waits: of a conflated subscription the latest tick,
 * until the time since the last one is over. For the worker's thread.
 */
final class Copy {

    /** For a reader that is far behind and wants it so. */
    private static final Duration SLOW_INTERVAL = Duration.ofSeconds(1);

    private static final Duration DRAIN_INTERVAL = Duration.ofMillis(100);

    private final FeedHost host;
    /** Nothing of the subscription that stands in them changes. */
    private final FeedRecords records;

    private Subscription subscription;
    private Optional<Progress> reported;
    private Optional<FeedEvent.Kind> unsaid;
    private String ownerBefore = "";
    private long taken;
    private long covered;
    /** Of what waits. */
    private Optional<ConsumerRecord<byte[], byte[]>> latest = Optional.empty();
    /** When something was sent last; who does not know must assume just now. */
    private OptionalLong sentNanos;

    private Copy(FeedHost host, Subscription subscription, long covered, Optional<Progress> reported) {
        this.host = host;
        this.records = new FeedRecords(subscription);
        this.subscription = subscription;
        this.taken = covered;
        this.covered = covered;
        this.reported = reported;
        this.sentNanos = reported.isPresent() ? OptionalLong.of(host.nanoTime().getAsLong()) : OptionalLong.empty();
        this.unsaid =
                subscription.announced() && reported.isEmpty() ? Optional.of(FeedEvent.Kind.BEGUN) : Optional.empty();
        reported.map(Progress::owner)
                .filter(owner -> !owner.isEmpty() && !owner.equals(host.run()))
                .ifPresent(owner -> {
                    ownerBefore = owner;
                    unsaid = Optional.of(FeedEvent.Kind.RECOVERED);
                });
    }

    /** One that nobody has carried out yet. */
    static Copy begin(FeedHost host, Subscription subscription) {
        return new Copy(host, subscription, subscription.start(), Optional.empty());
    }

    /**
     * One that an owner before has carried out.
     *
     * @param covered first offset that does not stand in the feed
     * @param progress what stands in {@code progress}
     */
    static Copy goOn(FeedHost host, Subscription subscription, long covered, Optional<Progress> progress) {
        return new Copy(host, subscription, covered, progress);
    }

    Subscription subscription() {
        return subscription;
    }

    /** Takes over what the client changed: the end. What waits is read again if it goes beyond that. */
    void update(Subscription changed) {
        subscription = changed;
        if (taken > subscription.end().orElse(Long.MAX_VALUE)) {
            taken = covered;
            latest = Optional.empty();
        }
    }

    /** First offset of the range that was not dealt to it. */
    long taken() {
        return taken;
    }

    /** First offset of the range that does not stand in the feed. */
    long covered() {
        return covered;
    }

    /** Whether the whole range was dealt to it. */
    boolean isTaken() {
        return subscription.end().isPresent() && taken >= subscription.end().getAsLong();
    }

    /** Whether the whole range stands in the feed, or can be put there now. */
    boolean isComplete() {
        return isTaken() && (!isWaiting() || untilDue() <= 0);
    }

    /** Whether it goes with the stream of the symbol, which stands at this position. */
    boolean isLive(long position) {
        return taken >= position;
    }

    /** Whether something dealt to it waits for its time. */
    boolean isWaiting() {
        return taken > covered;
    }

    /** Nanoseconds until what waits may be sent; 0 or less if it may be now. */
    long untilDue() {
        Optional<Duration> interval = interval();
        if (interval.isEmpty() || sentNanos.isEmpty()) {
            return 0;
        }
        return sentNanos.getAsLong()
                + interval.get().toNanos()
                - host.nanoTime().getAsLong();
    }

    /** Tells what the reader has to know before anything else. */
    void tellNews(Transaction transaction) {
        unsaid.ifPresent(kind -> tell(
                transaction,
                kind,
                new Covers(covered, covered),
                kind == FeedEvent.Kind.BEGUN ? "the range begins" : "another hub has taken over"));
        unsaid = Optional.empty();
    }

    /** The next offsets of the symbol, as far as they lie in the range and are new to it. */
    void deal(Transaction transaction, Slice slice) {
        long to = Math.min(slice.to(), subscription.end().orElse(Long.MAX_VALUE));
        if (taken >= to) {
            return;
        }
        if (slice.whenEmpty() == FeedEvent.Kind.GAP) {
            flush(transaction);
            tell(
                    transaction,
                    FeedEvent.Kind.GAP,
                    new Covers(covered, to),
                    "deleted by retention before they could be copied");
            coverTo(to);
        } else if (interval().isPresent()) {
            slice.ticks().stream()
                    .filter(tick -> tick.offset() >= taken && tick.offset() < to)
                    .reduce((earlier, later) -> later)
                    .ifPresent(tick -> latest = Optional.of(tick));
            taken = to;
            sendIfDue(transaction);
        } else {
            flush(transaction);
            copy(transaction, slice, to);
        }
    }

    /** Sends what waits, if its time has come. */
    void sendIfDue(Transaction transaction) {
        if (untilDue() <= 0) {
            flush(transaction);
        }
    }

    /** Sends what waits: the latest tick, for all offsets dealt to it; or that there was none. */
    void flush(Transaction transaction) {
        if (latest.isPresent()) {
            send(transaction, latest.get(), taken);
            noteSent();
        } else if (isWaiting()) {
            skip(transaction, taken);
        }
    }

    /** Says that nothing more follows. */
    void tellEnd(Transaction transaction, String why) {
        tell(transaction, FeedEvent.Kind.ENDED, new Covers(covered, covered), why);
    }

    /** What has to be written to {@code progress}, if that is something else than what stands there. */
    Optional<Progress> progressToWrite(long position) {
        Progress progress = (covered >= position ? Progress.LIVE : Progress.catchingUp(covered)).by(host.run());
        if (reported.equals(Optional.of(progress))) {
            return Optional.empty();
        }
        reported = Optional.of(progress);
        return reported;
    }

    private Optional<Duration> interval() {
        Optional<Duration> interval = intervalWhileRunning();
        // A drain ends when all has been forwarded.
        return host.isDraining().getAsBoolean() ? interval.map(wanted -> shorter(wanted, DRAIN_INTERVAL)) : interval;
    }

    private Optional<Duration> intervalWhileRunning() {
        Optional<Duration> slow = subscription.whenSlow() == WhenSlow.CONFLATE
                        && host.isReaderBehind().test(subscription.feed())
                ? Optional.of(SLOW_INTERVAL)
                : Optional.empty();
        Optional<Duration> wanted = subscription.conflate();
        return wanted.isPresent()
                        && slow.isPresent()
                        && shorter(wanted.get(), slow.get()).equals(wanted.get())
                ? slow
                : wanted.or(() -> slow);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void copy(Transaction transaction, Slice slice, long to) {
        ConsumerRecord<byte[], byte[]> last = null;
        for (ConsumerRecord<byte[], byte[]> tick : slice.ticks()) {
            if (tick.offset() < covered || tick.offset() >= to) {
                continue;
            }
            if (last != null) {
                send(transaction, last, last.offset() + 1);
            }
            last = tick;
        }
        if (last != null) {
            // The last one covers the rest of the slice too, so that the ranges always reach the committed offset.
            send(transaction, last, to);
            noteSent();
        } else {
            skip(transaction, to);
        }
    }

    private void skip(Transaction transaction, long to) {
        tell(transaction, FeedEvent.Kind.SKIPPED, new Covers(covered, to), "no valid ticks");
        noteSent();
        coverTo(to);
    }

    private void send(Transaction transaction, ConsumerRecord<byte[], byte[]> tick, long to) {
        transaction.send(records.tick(tick, new Covers(covered, to)));
        coverTo(to);
    }

    private void noteSent() {
        sentNanos = OptionalLong.of(host.nanoTime().getAsLong());
    }

    private void tell(Transaction transaction, FeedEvent.Kind kind, Covers covers, String detail) {
        Optional<String> owner = kind == FeedEvent.Kind.RECOVERED ? Optional.of(ownerBefore) : Optional.empty();
        transaction.send(records.event(kind, covers, detail, owner));
    }

    private void coverTo(long offset) {
        latest = Optional.empty();
        covered = offset;
        taken = Math.max(taken, offset);
    }
}
