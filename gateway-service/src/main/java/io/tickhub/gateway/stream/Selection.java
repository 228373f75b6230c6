package io.tickhub.gateway.stream;

import io.tickhub.model.Symbol;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a stream wants. Immutable.
 *
 * @param symbols which symbols; {@link Symbol#ALL} stands for all, also those to come
 * @param every of these every tick, whatever the interval
 * @param interval of the others at most one tick, the latest, in so much time; empty for every tick
 */
public record Selection(Set<Symbol> symbols, Set<Symbol> every, Optional<Duration> interval) {

    private static final Duration SHORTEST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** @throws IllegalArgumentException if the interval is out of range */
    public Selection {
        symbols = Set.copyOf(symbols);
        every = Set.copyOf(every);
        interval.filter(time -> time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0)
                .ifPresent(time -> {
                    throw new IllegalArgumentException("conflate must be from " + SHORTEST.toMillis() + " to "
                            + LONGEST.toMillis() + " milliseconds");
                });
    }

    /** Nothing yet. */
    public static Selection ofNone() {
        return new Selection(Set.of(), Set.of(), Optional.empty());
    }

    /** Whether a symbol is wanted at all. */
    boolean includes(Symbol symbol) {
        return symbols.contains(Symbol.ALL) || symbols.contains(symbol) || every.contains(symbol);
    }

    /** Whether every tick of a symbol is wanted. */
    boolean isEvery(Symbol symbol) {
        return includes(symbol) && (interval.isEmpty() || every.contains(symbol));
    }

    /** Whether every tick is wanted of any symbol. */
    boolean hasEvery() {
        return interval.isEmpty() || !every.isEmpty();
    }

    /** The same symbols, all of them conflated. */
    Selection conflated(Duration time) {
        Set<Symbol> all = new HashSet<>(symbols);
        all.addAll(every);
        return new Selection(all, Set.of(), Optional.of(interval.orElse(time)));
    }
}
