package io.tickhub.producer.simulator;

import io.tickhub.model.Symbol;
import java.math.BigDecimal;
import java.util.List;

/**
 * What the simulator is to do. Immutable.
 *
 * @param symbols the instruments, each once, served in turn
 * @param ratePerSecond ticks a second of all symbols together, 1 to 100,000
 * @param seed the same seed gives the same prices, volumes and ids
 * @param tickSize of which every price is a multiple, 0.00000001 to 1000
 */
public record SimulatorConfig(List<Symbol> symbols, int ratePerSecond, long seed, BigDecimal tickSize) {

    /** The highest rate, in ticks a second. */
    public static final int MAX_RATE = 100_000;

    private static final BigDecimal SMALLEST_TICK = new BigDecimal("0.00000001");
    private static final BigDecimal LARGEST_TICK = new BigDecimal("1000");

    /** @throws IllegalArgumentException if a value is out of range */
    public SimulatorConfig {
        symbols = List.copyOf(symbols);
        if (symbols.isEmpty()) {
            throw new IllegalArgumentException("the simulator needs at least one symbol");
        }
        if (symbols.stream().distinct().count() < symbols.size()) {
            throw new IllegalArgumentException("a symbol is named twice");
        }
        if (symbols.contains(Symbol.ALL)) {
            throw new IllegalArgumentException("the symbol * stands for all symbols and has no ticks of its own");
        }
        if (ratePerSecond < 1 || ratePerSecond > MAX_RATE) {
            throw new IllegalArgumentException("the rate must lie between 1 and " + MAX_RATE + " ticks a second");
        }
        if (tickSize.compareTo(SMALLEST_TICK) < 0 || tickSize.compareTo(LARGEST_TICK) > 0) {
            throw new IllegalArgumentException(
                    "the tick size must lie between " + SMALLEST_TICK.toPlainString() + " and " + LARGEST_TICK);
        }
    }
}
