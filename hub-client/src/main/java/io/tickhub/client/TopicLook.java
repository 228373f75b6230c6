package io.tickhub.client;

import io.tickhub.model.Symbol;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Looks four times a second which topics symbols have, without waiting for the answer. A cluster that does not answer is asked again.
 * For one thread.
 */
final class TopicLook {

    static final Duration PERIOD = Duration.ofMillis(250);

    private final Function<Set<Symbol>, CompletableFuture<Map<Symbol, String>>> cluster;
    private final LongSupplier nanoClock;
    private CompletableFuture<Found> underWay = new CompletableFuture<>();
    private boolean asking;
    private long askedNanos;

    /**
     * What was there.
     *
     * @param asked of which symbols it speaks
     * @param idsBySymbol the ids of their topics; a symbol without a topic is left out
     */
    record Found(Set<Symbol> asked, Map<Symbol, String> idsBySymbol) {}

    /** @param cluster asks for the ids of topics; a failure means that there was no answer */
    TopicLook(Function<Set<Symbol>, CompletableFuture<Map<Symbol, String>>> cluster, LongSupplier nanoClock) {
        this.cluster = cluster;
        this.nanoClock = nanoClock;
        this.askedNanos = nanoClock.getAsLong() - PERIOD.toNanos();
    }

    /**
     * Asks if it is time to, and gives the answer once.
     *
     * @param symbols those to ask for
     */
    Optional<Found> look(Set<Symbol> symbols) {
        if (!asking && !symbols.isEmpty() && nanoClock.getAsLong() - askedNanos >= PERIOD.toNanos()) {
            asking = true;
            askedNanos = nanoClock.getAsLong();
            underWay = cluster.apply(symbols).thenApply(ids -> new Found(symbols, ids));
        }
        if (!asking || !underWay.isDone()) {
            return Optional.empty();
        }
        asking = false;
        return underWay.isCompletedExceptionally() ? Optional.empty() : Optional.of(underWay.join());
    }
}
