package io.tickhub.it;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A thread that publishes some hundred ticks a second, in turn for each symbol, until it is closed. */
final class Trading implements AutoCloseable {

    private static final int BROKEN_EACH = 40;

    /** What stands between the ticks. */
    enum Quality {
        /** Ticks only. */
        CLEAN,
        /** Now and then a record that is no tick. */
        DIRTY
    }

    private final Market market;
    private final List<String> symbols;
    private final Quality quality;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean open = true;

    private Trading(Market market, Quality quality, List<String> symbols) {
        this.market = market;
        this.symbols = symbols;
        this.quality = quality;
    }

    static Trading of(Market market, Quality quality, String... symbols) {
        return new Trading(market, quality, List.of(symbols));
    }

    void start() {
        Thread thread = new Thread(this::run, "trading");
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns when the last tick has been acknowledged. */
    @Override
    public void close() {
        open = false;
        Market.await("the trading ends", ended::isDone);
        ended.join();
    }

    private void run() {
        try {
            for (int round = 1; open; round++) {
                for (String symbol : symbols) {
                    market.publish(symbol, 1);
                    if (quality == Quality.DIRTY && round % BROKEN_EACH == 0) {
                        market.publishBroken(symbol, "no tick");
                    }
                }
            }
            ended.complete(null);
        } catch (RuntimeException | Error e) {
            ended.completeExceptionally(e);
        }
    }
}
