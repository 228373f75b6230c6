package io.tickhub.producer.simulator;

import io.tickhub.model.Symbol;
import java.math.BigDecimal;
import java.util.Map;

/**
 * What the simulator knows of a symbol. Immutable.
 *
 * @param symbol its name
 * @param firstPrice around which the walk begins
 * @param tickSize of which every price is a multiple, above 0
 * @param lotSize of which every volume is a multiple, above 0
 */
record Instrument(Symbol symbol, double firstPrice, BigDecimal tickSize, BigDecimal lotSize) {

    private static final Map<String, Double> KNOWN_PRICES =
            Map.of("AAPL", 187.25, "MSFT", 421.50, "GOOG", 172.30, "BTC-USD", 105_433.60, "ETH-USD", 3_921.40);
    private static final BigDecimal SHARE = BigDecimal.ONE;
    private static final BigDecimal FRACTION = new BigDecimal("0.0001");

    /** An unknown symbol's price follows from its name; a pair such as BTC-USD trades in fractions, a share in whole pieces. */
    static Instrument of(Symbol symbol, BigDecimal tickSize) {
        String name = symbol.name();
        double price = KNOWN_PRICES.getOrDefault(name, 10.0 + Math.floorMod(name.hashCode(), 49_000) / 100.0);
        boolean isPair = name.indexOf('-') > 0 || name.indexOf('/') > 0;
        // A hundred steps of room, however coarse the tick size.
        double firstPrice = Math.max(price, 100 * tickSize.doubleValue());
        return new Instrument(symbol, firstPrice, tickSize, isPair ? FRACTION : SHARE);
    }
}
