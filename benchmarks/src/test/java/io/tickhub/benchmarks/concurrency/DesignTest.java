package io.tickhub.benchmarks.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickhub.model.Symbol;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DesignTest {

    private static final int WORKERS = 4;
    private static final Quote QUOTE = new Quote(new Symbol("AAPL"), 1);

    @Test
    void whoOwnsASymbolGetsAllOfItAndSharesNothing() {
        assertThat(workers(Design.OWNED).distinct()).hasSize(1);
        assertThat(Design.OWNED.totals(WORKERS).stream().distinct()).hasSize(WORKERS);
    }

    @Test
    void whereTheStateIsSharedAnyWorkerGetsAnySymbol() {
        assertThat(workers(Design.LOCKED).distinct()).hasSize(WORKERS);
        assertThat(Design.LOCKED.totals(WORKERS).stream().distinct()).hasSize(1);
    }

    private static IntStream workers(Design design) {
        return IntStream.range(0, WORKERS).map(turn -> design.worker(QUOTE, turn, WORKERS));
    }
}
