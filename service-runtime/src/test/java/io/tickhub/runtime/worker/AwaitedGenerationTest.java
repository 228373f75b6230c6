package io.tickhub.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AwaitedGenerationTest {

    private long nanos = Long.MAX_VALUE - 5;
    private final AwaitedGeneration awaited = new AwaitedGeneration(() -> nanos);

    @Test
    void nothingIsAwaitedBeforeItBegins() {
        assertThat(awaited.isAwaited(-1)).isFalse();
        assertThat(awaited.isAwaited(0)).isFalse();
    }

    @Test
    void itIsOverWithTheNextGeneration() {
        awaited.begin(7);

        assertThat(awaited.isAwaited(7)).isTrue();
        assertThat(awaited.isAwaited(8)).isFalse();
    }

    @Test
    void itIsOverAfterASecondIfNoneComes() {
        awaited.begin(7);
        nanos += Duration.ofMillis(999).toNanos();
        assertThat(awaited.isAwaited(7)).isTrue();

        nanos += Duration.ofMillis(1).toNanos();
        assertThat(awaited.isAwaited(7)).isFalse();
        awaited.begin(7);
        assertThat(awaited.isAwaited(7)).isTrue();
    }
}
