package io.tickhub.hub.feed;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;

/**
 * Whether a committed offset can be less than the whole of what its transaction wrote. The brokers forget a part of a transaction only
 * where the leader of one of their own topics changes: that of the transactions, or that of the offsets. Each change counts the leader epoch of
 * a partition up. So the sum of these epochs is kept as a note with each offset, as the worker knew it before it wrote; if it is
 * the same when another opens the partition, there was no such change since then. For the worker's thread.
 */
final class LeaderEpochs {

    static final String UNKNOWN = "";

    private static final CompletableFuture<String> NOT_ASKED = new CompletableFuture<>();

    private final Supplier<CompletionStage<String>> brokers;
    private CompletableFuture<String> answer = NOT_ASKED;
    private String note = UNKNOWN;
    /** What was known when they were last doubted. */
    private Optional<String> doubted = Optional.empty();

    /** @param brokers tells the epochs when it is asked, empty if they are unknown; never fails */
    LeaderEpochs(Supplier<CompletionStage<String>> brokers) {
        this.brokers = brokers;
    }

    /** As the brokers tell them. */
    static LeaderEpochs from(Admin admin) {
        return new LeaderEpochs(new EpochQuery(admin));
    }

    /** Asks, if nobody has; whether there is an answer now. */
    boolean know() {
        if (answer == NOT_ASKED) {
            answer = brokers.get().toCompletableFuture();
        }
        if (!answer.isDone()) {
            return false;
        }
        note = answer.join();
        return true;
    }

    /** The answer is old: {@link #know} asks again. */
    void askAgain() {
        answer = NOT_ASKED;
    }

    /** They may have changed. */
    void doubt() {
        if (doubted.isEmpty()) {
            doubted = Optional.of(note);
        }
        askAgain();
    }

    /** What was committed with another note is doubted; not with none, or where they are never told each new symbol would be a reason. */
    void doubtIfOtherThan(String earlier) {
        if (doubted.isEmpty() && !earlier.equals(UNKNOWN) && !earlier.equals(note)) {
            doubted = Optional.of(earlier);
        }
    }

    /** Whether they are doubted, and it is not known yet whether they have changed. */
    boolean areInDoubt() {
        return doubted.isPresent();
    }

    /** Whether they have changed since they were doubted, or are unknown; told once. Asks, if they are in doubt. */
    boolean haveChanged() {
        if (doubted.isEmpty() || !know()) {
            return false;
        }
        boolean isSame = areAsOf(doubted.get());
        doubted = Optional.empty();
        askAgain();
        return !isSame;
    }

    /** Whether they are the same as when this note was written; not if one of the two is unknown. */
    boolean areAsOf(String earlier) {
        return !note.equals(UNKNOWN) && note.equals(earlier);
    }

    /** To be kept with an offset that is committed: the newest that is known. */
    String note() {
        return note;
    }
}
