package io.tickhub.benchmarks.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.model.Symbol;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TotalsTest {

    private static final int THREADS = 4;
    private static final int QUOTES = 5_000_000;

    @ParameterizedTest
    @EnumSource(
            value = Design.class,
            names = {"LOCKED", "LOCK_FREE"})
    @Timeout(60)
    void nothingIsLostWhereAllThreadsAddToTheSameSymbol(Design design) {
        Totals shared = design.totals(THREADS).getFirst();
        CyclicBarrier together = new CyclicBarrier(THREADS);

        CompletableFuture.allOf(Stream.generate(() -> CompletableFuture.runAsync(() -> add(shared, together), task -> {
                            var unused = Thread.ofPlatform().daemon().start(task);
                        }))
                        .limit(THREADS)
                        .toArray(CompletableFuture[]::new))
                .join();

        assertThat(shared.sum()).isEqualTo(new Totals.Sum((long) THREADS * QUOTES, 2L * THREADS * QUOTES));
    }

    private static void add(Totals totals, CyclicBarrier together) {
        Quote quote = new Quote(new Symbol("AAPL"), 2);
        try {
            together.await();
        } catch (Exception e) {
            throw new IllegalStateException("the threads did not begin together", e);
        }
        for (int i = 0; i < QUOTES; i++) {
            totals.add(quote);
        }
    }
}
